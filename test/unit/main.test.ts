import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'

// The program itself, as its own process.
const directory = mkdtempSync(join(tmpdir(), 'main-'))
const base = [
  '--webhook-host=127.0.0.1',
  '--webhook-port=0',
  `--webhook-cert-dir=${directory}`,
  '--health-addr=127.0.0.1:0',
]
const running: ChildProcess[] = []
beforeAll(() => ensureCertificates(directory))
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function start(...args: string[]) {
  const child = spawn(process.execPath, ['src/main.ts', ...args], { stdio: 'pipe' })
  running.push(child)
  return child
}

async function end(...args: string[]) {
  const child = start(...args)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { stdout, stderr, code }
}

/** The log lines so far, parsed. */
function linesOf(child: ReturnType<typeof start>) {
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  return (): Record<string, unknown>[] =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
}

/** Waits for a log line with this message. */
function lineOf(lines: () => Record<string, unknown>[], message: string) {
  return vi.waitFor(() => {
    const found = lines().find(({ msg }) => msg === message)
    if (!found) throw new Error(`no line "${message}"`)
    return found
  }, 10_000)
}

describe('ends with code 1 and one line for', () => {
  it.each([
    [
      ['--webhook-cert-dir=/no/such'],
      /^cannot read \/no\/such\/tls.crt: ENOENT.*--webhook-cert-dir/,
    ],
    [['--kubeconfig=/no/such'], /^cannot read the kubeconfig \/no\/such: ENOENT/],
    [['--webhook-prot=1'], /^unknown flag --webhook-prot: did you mean --webhook-port\?$/],
  ])('%j', async (args, message) => {
    const { stdout, stderr, code } = await end(...base, ...args)
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
    expect(stderr.trim()).toMatch(message)
    expect(stdout).not.toContain('Error')
  })

  it('a port in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const { stderr, code } = await end(...base, `--webhook-port=${port}`)
    expect(stderr).toBe(
      `port ${port} of 127.0.0.1 is in use: stop the other process or pass another --webhook-port\n`,
    )
    expect(code).toBe(1)
    server.close()
  })
})

it('prints its flags with --help', async () => {
  const { stdout, code } = await end('--help')
  expect(stdout).toContain('--webhook-cert-dir string')
  expect(code).toBe(0)
})

it('names the flags without meaning and that there is no API server, and serves', async () => {
  const child = start(...base, '--leader-elect', '--feature-gates=A=true')
  const lines = linesOf(child)
  await lineOf(lines, 'serving hooks')
  expect(lines()).toEqual([
    expect.objectContaining({ flags: ['feature-gates', 'leader-elect'] }),
    expect.objectContaining({ msg: expect.stringContaining('no API server') }),
    expect.objectContaining({ msg: expect.stringContaining('--insecure-diagnostics') }),
    expect.objectContaining({ msg: 'serving hooks', handlers: 16, port: expect.any(Number) }),
  ])
})

it('lets the running call end on SIGTERM and exits with 0', async () => {
  const child = start(...base)
  const lines = linesOf(child)
  const { port } = await lineOf(lines, 'serving hooks')
  const ca = readFileSync(join(directory, 'ca.crt'))
  const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery'
  // A client that keeps its connection, as the controllers' does.
  const agent = new Agent({ keepAlive: true })
  const headers = { Expect: '100-continue' }
  const call = request({
    host: '127.0.0.1',
    port: Number(port),
    path,
    ca,
    method: 'POST',
    headers,
    agent,
  })
  // The call has begun and runs until its body ends.
  call.write('{')
  await once(call, 'continue')
  child.kill('SIGTERM')
  await lineOf(lines, 'stopping when the running calls have ended')
  call.end('}')
  const [response] = await once(call, 'response')
  expect(response.statusCode).toBe(200)
  expect(response.headers['connection']).toBe('close')
  expect(JSON.parse(await text(response))).toMatchObject({ status: 'Success' })
  expect(await once(child, 'exit')).toEqual([0, null])
})

it('serves on after SIGTERM, not ready any more, and tells clients to close', async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port: healthPort } = probe.address() as AddressInfo
  probe.close()
  const delay = '--shutdown-delay-duration=500ms'
  const child = start(...base, `--health-addr=127.0.0.1:${healthPort}`, delay)
  const lines = linesOf(child)
  const { port } = await lineOf(lines, 'serving hooks')
  const ready = async () => (await fetch(`http://127.0.0.1:${healthPort}/readyz`)).status
  expect(await ready()).toBe(200)
  child.kill('SIGTERM')
  await lineOf(lines, 'stopping when the running calls have ended')
  expect(await ready()).toBe(503)
  const call = request({
    host: '127.0.0.1',
    port: Number(port),
    path: '/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery',
    ca: readFileSync(join(directory, 'ca.crt')),
    method: 'POST',
    agent: new Agent({ keepAlive: true }),
  })
  call.end('{}')
  const [response] = await once(call, 'response')
  expect(response.statusCode).toBe(200)
  expect(response.headers['connection']).toBe('close')
  response.resume()
  expect(await once(child, 'exit')).toEqual([0, null])
})
