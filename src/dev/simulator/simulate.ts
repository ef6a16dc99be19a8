import { realClock } from './call.ts'
import { createClient } from './client.ts'
import { parseSimulateArguments, simulateHelp, UsageError } from './command-line.ts'
import { createJSONReport, createTextReport } from './report.ts'
import { playScenario, SimulationError } from './scenario/play.ts'

/** Runs `npm run simulate` and gives its exit code. */
export async function runSimulate(args: readonly string[]): Promise<0 | 1 | 2> {
  const { stdout, stderr } = process
  try {
    const given = parseSimulateArguments(args)
    if (given === undefined) {
      stdout.write(simulateHelp)
      return 0
    }
    const client = createClient(given)
    const emit = given.json ? createJSONReport(stdout) : createTextReport(stdout)
    try {
      const { breaks } = await playScenario({ ...given, client, emit, clock: realClock })
      return breaks === 0 ? 0 : 1
    } finally {
      client.close()
    }
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SimulationError)) throw error
    stderr.write(`simulate: ${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

if (import.meta.main) process.exitCode = await runSimulate(process.argv.slice(2))
