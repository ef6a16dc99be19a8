import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { pino } from 'pino'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createAuthority } from '../../../src/dev/certificates.ts'
import type { TlsOptions } from '../../../src/flags/config.ts'
import { readCipherSuites } from '../../../src/flags/tls.ts'
import { StartError } from '../../../src/messages/start-error.ts'
import { serveHooks } from '../../../src/server/serve-hooks.ts'
import { mountSecret } from '../../support/secret.ts'

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

async function visit(port: number, options: object) {
  const call = request({ host: '127.0.0.1', port, ca: authority.ca, ...options })
  call.end()
  const [response] = await once(call, 'response')
  const resumed: unknown = response.socket.isSessionReused()
  return { answer: await text(response), resumed }
}

async function get(port: number, options: object = {}): Promise<string> {
  return (await visit(port, { agent: false, ...options })).answer
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

  it('takes over a renewed one: its clients get in, those of the old one no longer', async () => {
    const { files, directory } = mountSecret(await authority.issue())
    const clientCa = join(directory, 'ca.crt')
    const other = await createAuthority()
    writeFileSync(clientCa, other.ca)
    const { server, messages } = await start({ ...files, clientCa })
    const [client, oldClient] = [await authority.issue(), await other.issue()]
    expect(await get(server.port, oldClient)).toBe('ok')
    await expect(get(server.port, client)).rejects.toThrow()
    writeFileSync(clientCa, authority.ca)
    await vi.waitFor(() => expect(messages()).toContain('took over the renewed certificate'))
    expect(await get(server.port, client)).toBe('ok')
    await expect(get(server.port, oldClient)).rejects.toThrow()
    // In one line, as `cat` joins files that end without a line feed.
    writeFileSync(clientCa, other.ca.trim() + authority.ca)
    await vi.waitFor(() => expect(messages()).toHaveLength(2))
    expect(await get(server.port, client)).toBe('ok')
    expect(await get(server.port, oldClient)).toBe('ok')
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'an old session over %s ends with it',
    async (version) => {
      const { files, directory } = mountSecret(await authority.issue())
      const clientCa = join(directory, 'ca.crt')
      const other = await createAuthority()
      writeFileSync(clientCa, other.ca)
      const { server, messages } = await start({ ...files, clientCa })
      const oldClient = { ...(await other.issue()), minVersion: version, maxVersion: version }
      const agent = new Agent()
      expect(await visit(server.port, { ...oldClient, agent })).toMatchObject({ resumed: false })
      expect(await visit(server.port, { ...oldClient, agent })).toMatchObject({ resumed: true })
      writeFileSync(clientCa, authority.ca)
      await vi.waitFor(() => expect(messages()).toContain('took over the renewed certificate'))
      await expect(visit(server.port, { ...oldClient, agent })).rejects.toThrow()
    },
  )

  const rejected = (good: string) => {
    const [first = '', ...rest] = good.trim().split('\n')
    const half = [first, ...rest.slice(0, 2)].join('\n')
    const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
    return {
      nothing: ['', 'holds no certificate in PEM'],
      garbage: ['not a certificate\n', 'holds no certificate in PEM'],
      'a key': [key, 'holds a PRIVATE KEY, not only certificates'],
      'a good certificate and a key': [good + key, 'holds a PRIVATE KEY, not only certificates'],
      'half a certificate': [half, 'certificate 1 of 1 in it cannot be read'],
      'a good and a broken certificate': [good + half, 'certificate 2 of 2 in it cannot be read'],
      'a broken and a good certificate': [half + good, 'certificate 1 of 2 in it cannot be read'],
      'a good certificate and one with a dash too few': [
        `${good}\n${good.replaceAll('-----', '----')}`,
        'holds a line of dashes that begins and ends no certificate',
      ],
    }
  }
  const kinds = Object.keys(rejected('')) as (keyof ReturnType<typeof rejected>)[]

  it.each(kinds)('does not start with %s in its file', async (kind) => {
    const { files, directory } = mountSecret(await authority.issue())
    const clientCa = join(directory, 'ca.crt')
    const [content = '', complaint = ''] = rejected(authority.ca)[kind]
    writeFileSync(clientCa, content)
    const error = await start({ ...files, clientCa }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartError)
    expect(String(error)).toBe(
      `StartError: ${clientCa} ${complaint}; put the certificates of the clients' authority there or pass another --client-ca-file`,
    )
  })

  it.each(kinds)('keeps the old one, and says so once, with %s in its file', async (kind) => {
    const { files, directory, renew } = mountSecret(await authority.issue())
    const clientCa = join(directory, 'ca.crt')
    writeFileSync(clientCa, authority.ca)
    const { server, lines, messages } = await start({ ...files, clientCa })
    const other = await createAuthority()
    const [content = ''] = rejected(other.ca)[kind]
    writeFileSync(clientCa, content)
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    expect(lines[0]).toMatchObject({
      level: 40,
      msg: 'kept the old certificate: the new one cannot be used',
      err: { message: expect.stringContaining(clientCa) },
    })
    const [client, stranger] = [await authority.issue(), await other.issue()]
    expect(await get(server.port, client)).toBe('ok')
    await expect(get(server.port, stranger)).rejects.toThrow()
    await expect(get(server.port)).rejects.toThrow()
    // The certificate of the server does not wait for it.
    renew(await authority.issue({ days: 30 }))
    await vi.waitFor(() => expect(messages()).toContain('took over the renewed certificate'))
    expect(server.certificateExpiry.getTime()).toBeLessThan(Date.now() + 31 * 86_400_000)
    expect(await get(server.port, client)).toBe('ok')
    await expect(get(server.port, stranger)).rejects.toThrow()
    writeFileSync(clientCa, other.ca)
    await vi.waitFor(() => expect(lines).toHaveLength(3))
    expect(await get(server.port, stranger)).toBe('ok')
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
