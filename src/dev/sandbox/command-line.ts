import { parseArgs } from 'node:util'
import { StartError } from '../../messages/start-error.ts'
import { scenarios } from './scenarios.ts'

/** What `npm run sandbox` was asked to do. */
export interface SandboxArguments {
  readonly help: boolean
  readonly keep: boolean
  readonly run: keyof typeof scenarios | undefined
}

/** Shown for --help. */
export const help = `Runs the real controllers of Cluster API v1.14 on this machine, without containers, and lets them call
the extension, which runs from the sources and again after every edit. Needs Go; the first start builds for 8 to
15 minutes.

  npm run sandbox -- [options]

  --run SCENARIO   plays a scenario and ends: ${Object.keys(scenarios).join(', ')}
  --keep           keeps the Clusters in .dev/sandbox, and goes on with them the next time
  --help           this text

Exit code: 0 all went well, 1 it did not, 2 wrong arguments.
`

/** Reads the arguments. Throws StartError for a mistake. */
export function parseArguments(args: readonly string[]): SandboxArguments {
  const { help, keep, run } = parse(args)
  if (run !== undefined && !isScenario(run))
    throw new StartError(`--run: "${run}" is none of ${Object.keys(scenarios).join(', ')}`)
  return { help, keep, run }
}

const isScenario = (name: string): name is keyof typeof scenarios => Object.hasOwn(scenarios, name)

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        run: { type: 'string' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new StartError(`${message.split('. ')[0]}: see --help`)
  }
}
