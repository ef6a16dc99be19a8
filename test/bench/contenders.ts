import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { accepts, freePorts } from '../../src/dev/sandbox/ports.ts'

/** A program to measure. */
export interface Contender {
  file: string
  args: readonly string[]
}

/** A contender that listens. */
export interface Running {
  port: number
  /** Milliseconds from the start of the process to its first accepted connection. */
  startup: number
  /** Resident memory in MB. */
  memory(): number
  stop(): Promise<void>
}

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a contender and waits until it takes connections. */
export async function run({ file, args }: Contender): Promise<Running> {
  const ports = await freePorts(['hooks', 'health', 'metrics'])
  const started = performance.now()
  const child = spawn(
    file,
    [
      ...args,
      `--webhook-port=${ports.hooks}`,
      `--health-addr=127.0.0.1:${ports.health}`,
      `--diagnostics-address=127.0.0.1:${ports.metrics}`,
      '--insecure-diagnostics',
    ],
    { stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } },
  )
  children.add(child)
  const exited = once(child, 'exit')
  while (!(await accepts(ports.hooks))) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`)
    await sleep(1)
  }
  return {
    port: ports.hooks,
    startup: performance.now() - started,
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)
    },
    async stop() {
      child.kill('SIGKILL')
      await exited
      children.delete(child)
    },
  }
}
