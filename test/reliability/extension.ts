import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { freePorts } from '../../src/dev/sandbox/ports.ts'

/** Whether to run in full: unless RELIABILITY is "short", as in CI. */
export const long = process.env['RELIABILITY'] !== 'short'

const running = new Set<ChildProcess>()

/** Ends every process that a test has left: by its own handle, after each test. */
export async function endAll(): Promise<void> {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

/** Starts a program that `endAll` ends. */
export function start(file: string, args: readonly string[]): ChildProcess {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Certificates for all extensions of a test file. */
export const certificates = mkdtempSync(join(tmpdir(), 'certificates-'))

/** PEM of the authority of these certificates. */
export async function authority(): Promise<string> {
  return (await ensureCertificates(certificates)).ca
}

/** What the flags of the image come to with the 256 MiB of the Deployment. */
export const imageFlags = ['--max-old-space-size=128', '--max-semi-space-size=16']

/** A running extension: the bundle, as in the image. */
export type Extension = Awaited<ReturnType<typeof startExtension>>

/** Starts the bundle with flags of the extension and more of Node, and waits until it is ready. */
export async function startExtension(flags: readonly string[] = [], node: readonly string[] = []) {
  await authority()
  const ports = await freePorts(['hooks', 'health', 'metrics'])
  const child = start(process.execPath, [
    ...imageFlags,
    ...node,
    process.env['EXTENSION_BUNDLE'] ?? '',
    '--webhook-host=127.0.0.1',
    `--webhook-port=${ports.hooks}`,
    `--webhook-cert-dir=${certificates}`,
    `--health-addr=127.0.0.1:${ports.health}`,
    `--diagnostics-address=127.0.0.1:${ports.metrics}`,
    '--insecure-diagnostics',
    ...flags,
  ])
  // The log is read, so that it does not stop the process, and dropped.
  child.stdout?.resume()
  const exited = once(child, 'exit')
  const isReady = () => answers(`http://127.0.0.1:${ports.health}/readyz`)
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`the extension ended with ${child.exitCode}`)
    await sleep(10)
  }
  return {
    child,
    port: ports.hooks,
    url: `https://127.0.0.1:${ports.hooks}`,
    isReady,
    /** Code and signal. */
    exited,
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
  const [response] = await once(get(url, { agent: false }), 'response')
  const body = await text(response)
  if (response.statusCode !== 200) throw new Error(body)
  return body
}

const answers = (url: string) =>
  read(url).then(
    () => true,
    () => false,
  )
