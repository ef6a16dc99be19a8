import { execFile } from 'node:child_process'
import { delimiter, resolve } from 'node:path'
import process from 'node:process'

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

// The Node that the repository has installed, and of its programs nothing else.
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((directory) => !directory.includes('node_modules'))
const node = resolve('node_modules/node/bin')

/** The environment of a user's shell: nothing that npm and vitest set, such as the condition for the sources. */
export const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/.test(name),
    ),
  ),
  PATH: [node, ...path].join(delimiter),
}

/** Runs a command in a folder to its end, whatever its code. */
export function tryRun(directory: string, file: string, ...args: string[]): Promise<Ended> {
  const options = { cwd: directory, env: environment, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((done) => {
    const child = execFile(file, args, options, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

/** What a command printed to standard output. Rejects with all that it printed unless it ends with 0. */
export async function run(directory: string, file: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await tryRun(directory, file, ...args)
  if (code === 0) return stdout
  throw new Error(`${[file, ...args].join(' ')} ended with ${code}\n${stdout}${stderr}`)
}
