import { createInterface } from 'node:readline'
import * as v from 'valibot'
import { StartError } from '../../messages/start-error.ts'
import { loggedReason } from '../../observability/readable-line.ts'
import { certificateDirectory } from '../certificate-directory.ts'
import { startMain } from '../extension-process.ts'

/** An extension that the demo started. */
export interface DemoExtension {
  /** https. */
  readonly url: URL
  close(): Promise<void>
}

const listeningSchema = v.object({ msg: v.literal('serving hooks'), port: v.number() })
const errorSchema = v.object({
  level: v.literal('error'),
  msg: v.string(),
  hint: v.optional(v.string()),
  err: v.optional(v.unknown()),
})

/**
 * Serves the project in a folder from its sources, with the flags of its image, its development certificate, on a free
 * port of 127.0.0.1 and without an API server. Rejects with StartError when it ends before it serves.
 *
 * @param tell Gets what the process prints and the errors that it logs, each once.
 * @param main Another file than src/main.ts, such as a bundle.
 */
export async function startDemoExtension(
  root: string,
  tell: (text: string) => void,
  main?: string,
): Promise<DemoExtension> {
  const { child, ended } = startMain(
    root,
    [
      '--webhook-host=127.0.0.1',
      '--webhook-port=0',
      `--webhook-cert-dir=${certificateDirectory(root)}`,
      '--health-addr=127.0.0.1:0',
      '--diagnostics-address=0',
      '--in-memory',
      '--logging-format=json',
    ],
    'pipe',
    main,
  )
  const stop = () => process.exit(1)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  const { promise: listening, resolve } = Promise.withResolvers<number>()
  const told = new Set<string>()
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { success, output } = v.safeParse(listeningSchema, parseLogged(line))
      if (success) resolve(output.port)
      const text = readLine(line)
      if (text === undefined || told.has(text)) return
      told.add(text)
      tell(text)
    })
  const crashed = ended.then(({ crash, code }) => {
    throw new StartError(crash || `the extension ended with code ${code}, see above`)
  })
  crashed.catch(() => {})
  const port = await Promise.race([listening, crashed])
  return {
    url: new URL(`https://127.0.0.1:${port}`),
    async close() {
      child.kill()
      await ended
    },
  }
}

/** The fields of a log line; undefined for what the extension prints itself. */
function parseLogged(line: string): unknown {
  return line.startsWith('{"level":') ? JSON.parse(line) : undefined
}

function readLine(line: string): string | undefined {
  const logged = parseLogged(line)
  if (logged === undefined) return line
  const { success, output } = v.safeParse(errorSchema, logged)
  if (!success) return undefined
  const { msg, hint, err } = output
  return [msg, hint ?? loggedReason(err)].filter(Boolean).join(': ')
}
