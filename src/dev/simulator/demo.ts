import { StartError } from '../../messages/start-error.ts'
import { type Clock, realClock } from './call.ts'
import { certificateDirectory, ensureCertificates } from './certificates.ts'
import { createClient } from './client.ts'
import { startExtension } from './demo-extension.ts'
import type { Emit, SummaryEvent } from './events.ts'
import { createJSONReport, createTextReport } from './report.ts'
import { playScenario, SimulationError } from './scenario/play.ts'

/** What the demo plays against. */
export interface DemoOptions {
  /** Starts an extension with the certificates of the directory; what it says is told. */
  readonly startExtension: typeof startExtension
  /** Where the certificates are kept. */
  readonly certificateDirectory: string
  readonly emit: Emit
  /** The time of the machine unless given. */
  readonly clock?: Clock
}

const extensionConfigName = 'extension'

/**
 * Starts an extension, plays the scenario against it over HTTPS, and stops it. Rejects with SimulationError when a hook that is served was not
 * reached.
 */
export async function runDemo(options: DemoOptions): Promise<SummaryEvent> {
  const { ca } = await ensureCertificates(options.certificateDirectory)
  const said: string[] = []
  const extension = await options.startExtension(options.certificateDirectory, (text) => {
    said.push(text)
    options.emit({ event: 'note', text })
  })
  const { url } = extension
  // The fake in-place update takes 15 s otherwise.
  const settings = { extensionConfigName, inPlaceUpdateSeconds: '1' }
  const client = createClient({ url, ca, settings })
  try {
    const summary = await playScenario({
      url,
      client,
      emit: options.emit,
      clock: options.clock ?? realClock,
      extensionConfigName,
      from: 'v1.34.0',
      to: 'v1.36.4',
      maxBlockSeconds: 10,
      longBlocks: 'note',
    })
    const unreached = summary.hooksSkipped.find(({ reason }) => reason === 'not reached')
    if (unreached)
      throw new SimulationError(`${unreached.hook} was not called: ${unreached.reason}`)
    // Such as a patch that matched nothing: it is far above the summary by now.
    for (const text of said) options.emit({ event: 'note', text: `The extension said: ${text}` })
    return summary
  } finally {
    client.close()
    await extension.close()
  }
}

if (import.meta.main) {
  const { stdout, stderr, argv } = process
  const json = argv.includes('--json')
  const emit = json ? createJSONReport(stdout) : createTextReport(stdout)
  try {
    const { breaks } = await runDemo({ startExtension, certificateDirectory, emit })
    process.exitCode = breaks === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof SimulationError || error instanceof StartError)) throw error
    stderr.write(`demo: ${error.message}\n`)
    process.exitCode = 1
  }
}
