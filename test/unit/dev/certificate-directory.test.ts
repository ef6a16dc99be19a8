import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ensureCertificates } from '../../../src/dev/certificate-directory.ts'

const day = 24 * 60 * 60 * 1000
let directory = ''
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'certificates-')), 'new')
})
afterEach(() => {
  vi.useRealTimers()
})
const read = (file: string) => readFileSync(join(directory, file), 'utf8')

it('makes an authority, and a certificate for server and client signed by it', async () => {
  const { ca, cert, key } = await ensureCertificates(directory)
  expect([read('ca.crt'), read('tls.crt'), read('tls.key')]).toEqual([ca, cert, key])
  expect(readdirSync(directory).toSorted()).toEqual(['ca.crt', 'tls.crt', 'tls.key'])

  const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)]
  expect([authority.ca, leaf.ca]).toEqual([true, false])
  expect(leaf.verify(authority.publicKey)).toBe(true)
  expect(leaf.checkIssued(authority)).toBe(true)
  // serverAuth and clientAuth.
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  expect(leaf.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  )
  const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(key)
  expect([asymmetricKeyType, asymmetricKeyDetails?.namedCurve]).toEqual(['ec', 'prime256v1'])
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true)
})

it('lets nobody else read the key', async () => {
  await ensureCertificates(directory)
  expect(statSync(join(directory, 'tls.key')).mode & 0o777).toBe(0o600)
})

it('keeps what is valid', async () => {
  const first = await ensureCertificates(directory)
  expect(await ensureCertificates(directory)).toEqual(first)
  expect(await ensureCertificates(directory, ['localhost'])).toEqual(first)
})

it.each([
  ['hold another name', () => ['example.test']],
  ['hold another address', () => ['10.0.0.1']],
  ['are no certificates', () => void writeFileSync(join(directory, 'tls.crt'), 'nothing')],
  ['end within a day', () => void vi.setSystemTime(Date.now() + 364.5 * day)],
  [
    'have another key',
    async () => {
      const other = join(directory, 'other')
      writeFileSync(join(directory, 'tls.key'), (await ensureCertificates(other)).key)
    },
  ],
])('makes new ones that %s', async (_, change) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const first = await ensureCertificates(directory)
  const names = (await change()) ?? undefined
  const second = await ensureCertificates(directory, names)
  expect(second).not.toEqual(first)
  expect(await ensureCertificates(directory, names)).toEqual(second)
})

it('keeps them until a day before their end', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const first = await ensureCertificates(directory)
  vi.setSystemTime(Date.now() + 363 * day)
  expect(await ensureCertificates(directory)).toEqual(first)
})

it('gives several callers at once the same ones', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => ensureCertificates(directory)))
  expect(new Set(all.map(({ ca }) => ca)).size).toBe(1)
  expect(all[0]?.cert).toBe(read('tls.crt'))
})

it('takes over the lock of a process that died', async () => {
  await ensureCertificates(directory)
  const lock = join(directory, '.lock')
  writeFileSync(lock, '')
  utimesSync(lock, new Date(0), new Date(0))
  await ensureCertificates(directory, ['example.test'])
  expect(new X509Certificate(read('tls.crt')).subjectAltName).toBe('DNS:example.test')
  expect(readdirSync(directory)).not.toContain('.lock')
})
