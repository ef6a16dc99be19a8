import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { serveHooks, type TlsOptions } from '../../src/server.ts'
import { readCipherSuites } from '../../src/tls.ts'
import { createAuthority } from './authority.ts'
import { mountSecret } from './secret.ts'

let authority: Awaited<ReturnType<typeof createAuthority>>
beforeAll(async () => {
  authority = await createAuthority()
})
const servers: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(tls: Omit<TlsOptions, 'minVersion'> & Partial<TlsOptions>) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
  const webhook = { host: '127.0.0.1', port: 0, minVersion: 'TLSv1.2' as const, ...tls }
  const server = await serveHooks(() => new Response('ok'), webhook, log, 5)
  servers.push(server)
  return { server, lines, messages: () => lines.map(({ msg }) => msg) }
}

async function handshake(port: number, options: object = {}) {
  const socket = connect({ host: '127.0.0.1', port, ca: authority.ca, ...options })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return { authorized: socket.authorized, fingerprint: fingerprint256 }
}

async function get(port: number, options: object = {}): Promise<string> {
  const call = request({ host: '127.0.0.1', port, ca: authority.ca, agent: false, ...options })
  call.end()
  const [response] = await once(call, 'response')
  return text(response)
}

describe.each(['ECDSA', 'RSA'] as const)('a key of type %s', (keyType) => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('serves %s', async (version) => {
    const { files } = mountSecret(await authority.issue({ keyType }))
    const { server } = await start(files)
    const versions = { minVersion: version, maxVersion: version }
    expect(await handshake(server.port, versions)).toMatchObject({ authorized: true })
  })
})

it('speaks the given cipher suites and no other', async () => {
  const { files } = mountSecret(await authority.issue())
  const ciphers = readCipherSuites('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384')
  const { server } = await start({ ...files, ciphers })
  const offer = (names: string) => handshake(server.port, { ciphers: names, maxVersion: 'TLSv1.2' })
  await expect(offer('ECDHE-ECDSA-AES128-GCM-SHA256')).rejects.toThrow(/handshake failure/)
  await expect(offer('ECDHE-ECDSA-AES256-GCM-SHA384')).resolves.toBeDefined()
  await expect(handshake(server.port, { minVersion: 'TLSv1.3' })).resolves.toBeDefined()
})

describe('with an authority of clients', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('only its clients get in over %s', async (version) => {
    const { files, directory } = mountSecret(await authority.issue())
    const clientCa = join(directory, 'ca.crt')
    writeFileSync(clientCa, authority.ca)
    const { server } = await start({ ...files, clientCa })
    const options = { minVersion: version, maxVersion: version }
    const stranger = await (await createAuthority()).issue()
    expect(await get(server.port, { ...options, ...(await authority.issue()) })).toBe('ok')
    await expect(get(server.port, options)).rejects.toThrow()
    await expect(get(server.port, { ...options, ...stranger })).rejects.toThrow()
  })

  it('its file is reloaded as well', async () => {
    const { files, directory } = mountSecret(await authority.issue())
    const clientCa = join(directory, 'ca.crt')
    const other = await createAuthority()
    writeFileSync(clientCa, other.ca)
    const { server, messages } = await start({ ...files, clientCa })
    writeFileSync(clientCa, authority.ca)
    await vi.waitFor(() => expect(messages()).toContain('took over the renewed certificate'))
    expect(await get(server.port, await authority.issue())).toBe('ok')
  })

  it('names the flag when the file is not there', async () => {
    const { files } = mountSecret(await authority.issue())
    await expect(start({ ...files, clientCa: '/no/such' })).rejects.toThrow(
      'cannot read /no/such: ENOENT: no such file or directory; mount the certificate there or pass another --client-ca-file',
    )
  })
})

it('takes over certificate and key of an exchanged Secret together', async () => {
  const first = await authority.issue()
  const { files, renew } = mountSecret(first)
  const { server, messages } = await start(files)
  const fingerprint = async () => (await handshake(server.port)).fingerprint
  const before = await fingerprint()
  renew(await authority.issue({ keyType: 'RSA', days: 30 }))
  await vi.waitFor(async () => expect(await fingerprint()).not.toBe(before))
  expect(messages()).toEqual(['took over the renewed certificate'])
  expect(server.certificateExpiry.getTime()).toBeLessThan(Date.now() + 31 * 86_400_000)
})

it('keeps the pair that it has while another is half written, and says so once', async () => {
  const { files, renew } = mountSecret(await authority.issue())
  const { server, messages } = await start(files)
  const before = (await handshake(server.port)).fingerprint
  const renewed = await authority.issue()
  writeFileSync(files.certificate, renewed.cert)
  await vi.waitFor(() => expect(messages()).toHaveLength(1))
  expect(messages()).toEqual(['kept the old certificate: the new one cannot be used'])
  expect((await handshake(server.port)).fingerprint).toBe(before)
  renew(renewed)
  await vi.waitFor(() => expect(messages()).toContain('took over the renewed certificate'))
  expect(messages()).toHaveLength(2)
})

it('warns of a certificate that is about to expire, once a day', async () => {
  const { files, renew } = mountSecret(await authority.issue({ days: 3 }))
  const { server, lines } = await start(files)
  expect(lines).toMatchObject([
    { level: 40, msg: 'the certificate is about to expire', certificate: files.certificate },
  ])
  expect(server.certificateExpiry.getTime()).toBeLessThan(Date.now() + 4 * 86_400_000)
  renew(await authority.issue({ days: 90 }))
  await vi.waitFor(() => expect(lines).toHaveLength(2))
  expect(lines[1]).toMatchObject({ level: 30, msg: 'took over the renewed certificate' })
})
