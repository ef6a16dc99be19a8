import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { accepts, freePorts } from '../../src/dev/sandbox/ports.ts'

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Ends every process that was started here: for the end of each test, or of a file of tests. */
export async function endAll(): Promise<void> {
  for (const child of children) {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
}

/** Starts a process that ends with this one, or at `endAll`. Its standard output has to be read. */
export function startChild(command: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const [file = '', ...args] = command
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/** How an extension is started. */
export interface StartOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'stdio'> {
  /** The program with what stands before its flags: the sample from its sources unless given. */
  command?: readonly string[]
  /** Folder of its certificate. */
  certificates: string
  /** More of its flags. */
  flags?: readonly string[]
  /** Cluster API's test extension has none: it is ready when it takes connections. */
  hasHealthChecks?: boolean
  /** Gets each line of its standard output. */
  onLine?: (line: string) => void
  /** File for all that it prints. Unless given, its standard error is that of this process. */
  log?: string
}

/** An extension that serves. */
export type RunningExtension = Awaited<ReturnType<typeof startExtension>>

/** Starts an extension on free ports, and waits until it serves. Rejects when it ends before. */
export async function startExtension(options: StartOptions) {
  const { command = [process.execPath, 'src/main.ts'], certificates, flags = [] } = options
  const { hasHealthChecks = true, onLine = () => {}, log, cwd, env } = options
  const { stdio = ['ignore', 'pipe', log === undefined ? 'inherit' : 'pipe'] } = options
  const ports = await freePorts(['hooks', 'health', 'metrics'])
  const started = performance.now()
  const child = startChild(
    [
      ...command,
      ...(hasHealthChecks ? ['--webhook-host=127.0.0.1'] : []),
      `--webhook-port=${ports.hooks}`,
      `--webhook-cert-dir=${certificates}`,
      `--health-addr=127.0.0.1:${ports.health}`,
      `--diagnostics-address=127.0.0.1:${ports.metrics}`,
      '--insecure-diagnostics',
      ...flags,
    ],
    { stdio, ...(cwd && { cwd }), ...(env && { env }) },
  )
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        if (log !== undefined) appendFileSync(log, `${line}\n`)
        if (stream === child.stdout) onLine(line)
      })
  const exited = once(child, 'exit')
  const isReady = () =>
    hasHealthChecks
      ? read(`http://127.0.0.1:${ports.health}/readyz`).then(
          () => true,
          () => false,
        )
      : accepts(ports.hooks)
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`the extension ended with ${child.exitCode}`)
    await sleep(1)
  }
  return {
    child,
    port: ports.hooks,
    url: `https://127.0.0.1:${ports.hooks}`,
    startMilliseconds: performance.now() - started,
    isReady,
    /** Code and signal. */
    exited,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    /** The value of a metric without labels. */
    async metric(name: string): Promise<number> {
      const all = await read(`http://127.0.0.1:${ports.metrics}/metrics`)
      return Number(new RegExp(`^${name} (.*)$`, 'm').exec(all)?.[1])
    },
    /** Resident memory now and at its highest, in MB. */
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      const megabytes = (name: string) =>
        Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024)
      return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
    },
  }
}

async function read(url: string): Promise<string> {
  const response = await fetch(url, { headers: { Connection: 'close' } })
  const body = await response.text()
  if (!response.ok) throw new Error(body)
  return body
}
