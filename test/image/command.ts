import { execFile, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs a command to its end and gives what it printed, both streams. Rejects with its output when it fails. */
export async function run(
  command: readonly [string, ...string[]],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const [program, ...args] = command
  const env = { ...process.env, ...options.env }
  try {
    const { stdout, stderr } = await execute(program, args, {
      ...options,
      env,
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout + stderr
  } catch (error) {
    const output =
      error instanceof Error && 'stderr' in error && 'stdout' in error ? error : undefined
    throw new Error(
      `${command.join(' ')}\n${output?.stdout ?? ''}${output?.stderr ?? String(error)}`,
    )
  }
}

/** Starts a program that writes to a log file. Its stop sends SIGTERM and waits for the end. */
export function start(
  command: readonly [string, ...string[]],
  log: string,
  options: SpawnOptions = {},
) {
  const [program, ...args] = command
  const file = openSync(log, 'a')
  const child = spawn(program, args, { ...options, stdio: ['ignore', file, file] })
  const ended = once(child, 'exit')
  return {
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Asks until the answer does not throw, for a minute. */
export async function eventually<T>(what: string, ask: () => Promise<T>): Promise<T> {
  const end = Date.now() + 60_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > end) throw new Error(`${what}: not within a minute`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
