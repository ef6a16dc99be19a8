import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, resolve } from 'node:path'
import process from 'node:process'
import { vi } from 'vitest'

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const directories = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((directory) => !directory.includes('node_modules'))

/** The environment of the machine: nothing that npm and vitest set, such as the condition for the sources. */
export const machine: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
    ),
  ),
  NO_COLOR: '1',
  PATH: directories.join(delimiter),
}

/** The same with the Node that the repository has installed. */
const environment = {
  ...machine,
  PATH: [resolve('node_modules/node/bin'), ...directories].join(delimiter),
}

/** Runs a command in a folder to its end, whatever its code. */
export function tryRunIn(
  env: NodeJS.ProcessEnv,
  directory: string,
  file: string,
  ...args: string[]
): Promise<Ended> {
  const options = { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 }
  return new Promise((done) => {
    const child = execFile(file, args, options, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

/** Runs a command in a folder to its end, whatever its code, with the Node of the repository. */
export const tryRun = (directory: string, file: string, ...args: string[]): Promise<Ended> =>
  tryRunIn(environment, directory, file, ...args)

/** What a command printed to standard output. Rejects with all that it printed unless it ends with 0. */
export async function run(directory: string, file: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await tryRun(directory, file, ...args)
  if (code === 0) return stdout
  throw new Error(`${[file, ...args].join(' ')} ended with ${code}\n${stdout}${stderr}`)
}

/** A program that runs until it is stopped. */
export interface Running {
  /** The port that it serves hooks on, once it does: after its first start, or after a later one. */
  port(start?: number): Promise<number>
  /** Everything that it has printed. */
  output(): string
  /** Ends it, and what it has started. */
  stop(): Promise<void>
}

/** Starts a program that serves an extension and logs to its standard output. */
export function start(directory: string, file: string, ...args: string[]): Running {
  // In a group of its own: npx leaves what it has started behind.
  const child = spawn(file, args, { cwd: directory, env: environment, detached: true })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const ports = () =>
    [...output.matchAll(/"port":(\d+),.*"msg":"serving hooks"/g)].map(([, port]) => Number(port))
  return {
    output: () => output,
    port: (start = 1) =>
      vi.waitFor(() => {
        const port = ports()[start - 1]
        if (port === undefined) throw new Error(`it does not serve:\n${output}`)
        return port
      }, 30_000),
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}
