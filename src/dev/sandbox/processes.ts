import { spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** What to start. */
export interface Command {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Gets each line of its output, which the log gets as well. */
  readonly onLine?: (line: string) => void
}

/** A started process: the leader of a group of its own. */
export interface RunningProcess {
  readonly name: string
  /** Also the id of its process group. */
  readonly pid: number
  /** File of all its output. */
  readonly log: string
  /** The exit code, once it has ended. */
  readonly exitCode: number | undefined
  /** Resolves with the exit code, 128 and more when a signal ended it. */
  readonly ended: Promise<number>
  /** Ends it and what it started: SIGTERM, after 5 seconds SIGKILL. */
  stop(): Promise<void>
  /** Ends it and what it started at once. */
  kill(): void
}

/**
 * Runs "$@" until it ends, or until standard input does: that is a pipe which only the parent holds, so
 * that nothing stays behind however the parent ends, with kill -9 too.
 */
const supervisor = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
exec 2>/dev/null
trap : TERM
{ trap : TERM; read -r _; kill -TERM -$$; sleep 5; kill -KILL -$$; } <&3 3<&- &
watcher=$!
wait $program; code=$?
while kill -0 $program; do wait $program; code=$?; done
kill -KILL $watcher
kill -TERM -$$
exit $code
`

/** Starts a process that does not outlive this one. All its output goes to `<name>.log` in the folder. */
export function startProcess(command: Command, directory: string): RunningProcess {
  const { name, file, args, cwd, env, onLine } = command
  const log = `${directory}/${name}.log`
  const output = openSync(log, 'a')
  const child = spawn('/bin/sh', ['-c', supervisor, name, file, ...args], {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['pipe', ...(onLine ? ['pipe' as const, 'pipe' as const] : [output, output])],
  })
  // The process may end at any moment, and the pipe to it with it.
  child.stdin?.on('error', () => {})
  for (const stream of [child.stdout, child.stderr])
    if (onLine && stream)
      createInterface({ input: stream }).on('line', (line) => {
        writeSync(output, `${line}\n`)
        onLine(line)
      })

  let exitCode: number | undefined
  const ended = new Promise<number>((resolve) => {
    const end = (code: number) => {
      exitCode = code
      resolve(code)
    }
    child.once('error', () => end(127))
    child.once('exit', (code) => end(code ?? 137))
    child.once('close', () => closeSync(output))
  })
  return {
    name,
    pid: child.pid ?? 0,
    log,
    get exitCode() {
      return exitCode
    },
    ended,
    async stop() {
      child.stdin?.end()
      await ended
    },
    kill() {
      if (exitCode !== undefined || child.pid === undefined) return
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended, and the word of that has not come yet.
      }
    },
  }
}

/** Waits until the process says that it is ready. Rejects with the end of its log when it ends before. */
export async function waitUntilReady(
  running: RunningProcess,
  isReady: () => Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await isReady().catch(() => false))) {
    if (running.exitCode !== undefined)
      throw new Error(
        `${running.name} ended with code ${running.exitCode}:\n${await lastLines(running.log)}`,
      )
    if (Date.now() > deadline)
      throw new Error(
        `${running.name} is not ready after ${seconds} seconds:\n${await lastLines(running.log)}`,
      )
    await sleep(100)
  }
}

/** Whether a health address says ok. */
export const answers = async (url: string): Promise<boolean> =>
  (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok

/** The end of a log and where it is. */
export async function lastLines(log: string, count = 5): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n')
  return [...lines.slice(-count).map((line) => `  ${line}`), `The whole log: ${log}`].join('\n')
}
