import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type PeerCertificate } from 'node:tls'
import { expect, it, vi } from 'vitest'
import { ensureCertificates } from '../../../src/dev/certificate-directory.ts'
import { serveHealth } from '../../../src/server/serve-health.ts'
import { serveHooks } from '../../../src/server/serve-hooks.ts'
import { silent } from '../../support/silent.ts'

async function certificates() {
  const directory = mkdtempSync(join(tmpdir(), 'server-'))
  await ensureCertificates(directory)
  const webhook = {
    host: '127.0.0.1',
    port: 0,
    certificate: join(directory, 'tls.crt'),
    key: join(directory, 'tls.key'),
    minVersion: 'TLSv1.2' as const,
  }
  return { directory, webhook }
}

const ok = () => new Response('ok')

async function peer(port: number, options: object = {}): Promise<PeerCertificate> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options })
  await once(socket, 'secureConnect')
  const certificate = socket.getPeerCertificate()
  socket.destroy()
  return certificate
}

it('takes over a renewed certificate, and keeps the old one until the new one is whole', async () => {
  const [old, renewed] = [await certificates(), await certificates()]
  const { port, close } = await serveHooks(ok, old.webhook, silent, 5)
  const before = await peer(port)
  writeFileSync(old.webhook.certificate, 'half written')
  expect(await peer(port)).toMatchObject({ fingerprint: before.fingerprint })
  copyFileSync(renewed.webhook.certificate, old.webhook.certificate)
  copyFileSync(renewed.webhook.key, old.webhook.key)
  await vi.waitFor(async () => {
    expect((await peer(port)).fingerprint).not.toBe(before.fingerprint)
  })
  await close()
})

it('speaks no TLS below the lowest version', async () => {
  const { webhook } = await certificates()
  const { port, close } = await serveHooks(ok, { ...webhook, minVersion: 'TLSv1.3' }, silent)
  await expect(peer(port, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/)
  await expect(peer(port)).resolves.toBeDefined()
  await close()
})

it('names a certificate and key that do not fit together', async () => {
  const [one, other] = [await certificates(), await certificates()]
  const mixed = { ...one.webhook, key: other.webhook.key }
  await expect(serveHooks(ok, mixed, silent)).rejects.toThrow(
    new RegExp(`^${mixed.certificate} and ${mixed.key} are not a certificate and its key: `),
  )
  writeFileSync(mixed.certificate, readFileSync(mixed.key))
  await expect(serveHooks(ok, mixed, silent)).rejects.toThrow(/are not a certificate and its key/)
})

it('tells whether it is alive and ready', async () => {
  let ready = false
  const { port, close } = await serveHealth(() => ready, { host: '127.0.0.1', port: 0 })
  const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
  expect(await status('/healthz')).toBe(200)
  expect(await status('/readyz')).toBe(503)
  ready = true
  expect(await status('/readyz?verbose')).toBe(200)
  expect(await status('/')).toBe(404)
  await close()
})
