import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ensureCertificates } from '../../../src/dev/certificate-directory.ts'
import { endAll, startChild, startExtension } from '../../support/start-extension.ts'

const program = new URL('serving.ts', import.meta.url).pathname
const certificates = mkdtempSync(join(tmpdir(), 'serve-'))
beforeAll(() => ensureCertificates(certificates))
afterEach(endAll)

/** Starts the program, and keeps the lines of its log. */
async function start(...flags: string[]) {
  const lines: Record<string, unknown>[] = []
  const extension = await startExtension({
    command: [process.execPath, program],
    certificates,
    flags,
    onLine: (line) => lines.push(JSON.parse(line)),
  })
  const message = (msg: string) =>
    vi.waitFor(() => expect(lines).toContainEqual(expect.objectContaining({ msg })), 10_000)
  return { ...extension, lines, message }
}

/** Runs the program to its end. */
async function end(...flags: string[]) {
  const child = startChild([process.execPath, program, ...flags], { stdio: 'pipe' })
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit'),
  ])
  return { stdout, stderr, code }
}
const base = [
  '--webhook-host=127.0.0.1',
  '--webhook-port=0',
  `--webhook-cert-dir=${certificates}`,
  '--health-addr=127.0.0.1:0',
]

/** Begins a call of Discovery, as a client that keeps its connection: the controllers' does. */
function callDiscovery(port: number) {
  return request({
    host: '127.0.0.1',
    port,
    path: '/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery',
    ca: readFileSync(join(certificates, 'ca.crt')),
    method: 'POST',
    headers: { Expect: '100-continue' },
    agent: new Agent({ keepAlive: true }),
  })
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
  const { lines, message, port } = await start(
    '--leader-elect',
    '--feature-gates=A=true',
    '--insecure-diagnostics=false',
  )
  await message('serving hooks')
  expect(lines).toEqual([
    expect.objectContaining({ flags: ['feature-gates', 'leader-elect'] }),
    expect.objectContaining({ msg: 'handlers have no API server: api and state reject' }),
    expect.objectContaining({ msg: expect.stringContaining('--insecure-diagnostics') }),
    expect.objectContaining({ msg: 'serving hooks', handlers: 2, port }),
  ])
})

it('lets the running call end on SIGTERM and exits with 0', async () => {
  const { child, port, message, exited } = await start()
  const call = callDiscovery(port)
  // The call has begun and runs until its body ends.
  call.write('{')
  await once(call, 'continue')
  child.kill('SIGTERM')
  await message('stopping when the running calls have ended')
  call.end('}')
  const [response] = await once(call, 'response')
  expect(response.statusCode).toBe(200)
  expect(response.headers['connection']).toBe('close')
  expect(JSON.parse(await text(response))).toMatchObject({ status: 'Success' })
  expect(await exited).toEqual([0, null])
})

it('serves on after SIGTERM, not ready any more, and tells clients to close', async () => {
  const extension = await start('--shutdown-delay-duration=500ms')
  const { child, port, message, exited } = extension
  expect(await extension.isReady()).toBe(true)
  child.kill('SIGTERM')
  await message('stopping when the running calls have ended')
  expect(await extension.isReady()).toBe(false)
  const call = callDiscovery(port)
  call.end('{}')
  const [response] = await once(call, 'response')
  expect(response.statusCode).toBe(200)
  expect(response.headers['connection']).toBe('close')
  response.resume()
  expect(await exited).toEqual([0, null])
})
