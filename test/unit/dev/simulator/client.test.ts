import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../../src/contract/lifecycle.ts'
import { ensureCertificates } from '../../../../src/dev/certificate-directory.ts'
import { createClient } from '../../../../src/dev/simulator/client.ts'
import { type Answer, Raw, startFakeExtension } from './fake-extension.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function call(
  answer: Answer,
  { settings = {}, request = {}, timeoutSeconds = 10, path = '' } = {},
) {
  const extension = await startFakeExtension({ BeforeClusterCreate: answer })
  const client = createClient({ ...extension, url: new URL(path, extension.url), settings })
  closers.push(extension.close, client.close)
  const exchange = await client.call(BeforeClusterCreate, 'handler', request, timeoutSeconds)
  return { ...exchange, received: extension.received, client }
}

const answer = { status: 'Success', retryAfterSeconds: 0 }

it('posts JSON without a Content-Type, with the timeout as a Go duration', async () => {
  const { received, answer: found } = await call(() => answer, { timeoutSeconds: 30 })
  expect(found).toEqual(answer)
  const { method, url, headers, request } = received[0] ?? {}
  expect(method).toBe('POST')
  const path = '/hooks.runtime.cluster.x-k8s.io/v1alpha1/beforeclustercreate/handler'
  expect(url).toBe(`${path}?timeout=30s`)
  expect(headers).not.toHaveProperty('content-type')
  const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1'
  expect(request).toEqual({ apiVersion, kind: 'BeforeClusterCreateRequest' })
})

it('puts the path of the URL in front', async () => {
  const { received } = await call(() => answer, { path: '/prefix/' })
  expect(received[0]?.url).toMatch(/^\/prefix\/hooks\.runtime/)
})

it('overrides the settings of the ExtensionConfig key by key with those of the request', async () => {
  const settings = { one: 'config', two: 'config' }
  const { received } = await call(() => answer, {
    settings,
    request: { settings: { two: 'patch' } },
  })
  expect(received[0]?.request['settings']).toEqual({ one: 'config', two: 'patch' })
})

it('keeps its connection', async () => {
  const { client, received } = await call(() => answer)
  await client.call(BeforeClusterCreate, 'handler', {}, 10)
  expect(received).toHaveLength(2)
  expect(received[1]?.port).toBe(received[0]?.port)
})

it('reads an answer as Go does: keys in any case, null as left out, unknown fields dropped', async () => {
  const body = { Status: 'Success', RETRYAFTERSECONDS: 5, message: null, more: 1, kind: 'x' }
  const { answer: found, findings } = await call(() => body)
  expect(found).toEqual({ status: 'Success', retryAfterSeconds: 5, kind: 'x' })
  expect(findings.map(({ rule, detail }) => [rule, detail])).toEqual([
    ['unknown-field', 'more is not known'],
  ])
})

it('reads a compressed answer', async () => {
  const body = gzipSync(JSON.stringify(answer))
  const { answer: found } = await call(() => new Raw(200, body, { 'Content-Encoding': 'gzip' }))
  expect(found).toEqual(answer)
})

it.each([
  ['http-status', new Raw(404, 'no such handler'), 'HTTP status 404: no such handler'],
  ['http-status', new Raw(503, ''), 'HTTP status 503: no body'],
  ['http-status', new Raw(302, '', { Location: '/other' }), 'HTTP status 302: no body'],
  ['http-status', new Raw(201, '{"status":"Success"}'), 'HTTP status 201: {"status":"Success"}'],
  ['undecodable', new Raw(200, ''), 'the body is no JSON: Unexpected end of JSON input'],
  ['undecodable', new Raw(200, '[]'), 'the answer is no object'],
  ['undecodable', { status: 'Success', message: 5 }, 'message is 5, expected string'],
  ['undecodable', { retryAfterSeconds: 1.5 }, 'retryAfterSeconds is 1.5, expected integer'],
  ['undecodable', { retryAfterSeconds: '5' }, 'retryAfterSeconds is "5", expected number'],
])('%s: %j', async (rule, body, detail) => {
  const { error, answer: found } = await call(() => body)
  expect(error).toEqual({ rule, level: 'break', detail })
  expect(found).toBe(undefined)
})

it('quotes 512 characters of an answer with another status', async () => {
  const { error } = await call(() => new Raw(500, 'x'.repeat(600)))
  expect(error?.detail).toBe(`HTTP status 500: ${'x'.repeat(512)}…`)
})

it('does not follow a redirect', async () => {
  const { received } = await call(() => new Raw(307, '', { Location: '/other' }))
  expect(received).toHaveLength(1)
})

it('gives up a body that never ends', async () => {
  const { error } = await call(() => new Raw(200, '{', { 'Content-Length': '100' }), {
    timeoutSeconds: 1,
  })
  expect(error?.rule).toBe('timeout')
})

it('reads an empty answer as one of zeros', async () => {
  const { answer: found, findings } = await call(() => null)
  expect(found).toEqual({})
  expect(findings.map(({ rule }) => rule)).toEqual(['missing-field', 'missing-field'])
})

it('says that nobody listens', async () => {
  const client = createClient({ url: new URL('https://127.0.0.1:1'), ca: '', settings: {} })
  const { error } = await client.call(BeforeClusterCreate, 'handler', {}, 10)
  expect(error).toEqual({
    rule: 'no-answer',
    level: 'break',
    detail: 'https://127.0.0.1:1: nothing listens there (ECONNREFUSED)',
  })
})

it('says that another CA signed the certificate', async () => {
  const extension = await startFakeExtension()
  const { ca } = await ensureCertificates(join(mkdtempSync(join(tmpdir(), 'simulator-')), 'other'))
  const client = createClient({ ...extension, ca, settings: {} })
  closers.push(extension.close, client.close)
  const { error } = await client.call(BeforeClusterCreate, 'handler', {}, 10)
  expect(error?.rule).toBe('no-answer')
  expect(error?.detail).toContain('its certificate is not signed by the given CA')
})
