import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { type ClientRequest, createServer, get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { ensureCertificates } from '../../../src/dev/certificate-directory.ts'
import type { Diagnostics } from '../../../src/flags/config.ts'
import { gauge } from '../../../src/observability/metrics.ts'
import { kubernetesAuthorize } from '../../../src/server/authorize.ts'
import { metricsListener } from '../../../src/server/metrics-listener.ts'
import { serveDiagnostics } from '../../../src/server/serve-diagnostics.ts'
import { silent } from '../../support/silent.ts'

const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(listener: Parameters<typeof createServer>[1]) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** A stand-in for the API server: knows three tokens, and lets one of them read /metrics. */
async function apiServer(broken = false) {
  const reviews: unknown[] = []
  const state = { broken }
  const url = await listen(async (request, response) => {
    const review = Object(await json(request))
    reviews.push(review.spec)
    const { token, user } = review.spec
    const known = ['reader', 'other', 'both'].includes(token)
    const error = token === 'unreadable' ? { error: 'invalid bearer token' } : {}
    const status = request.url?.endsWith('/tokenreviews')
      ? {
          authenticated: known,
          user: { username: token, groups: ['all'], extra: { a: ['b'] } },
          ...error,
        }
      : { allowed: user !== 'other', denied: user === 'both' }
    response.setHeader('Content-Type', 'application/json')
    response.writeHead(state.broken ? 500 : 201).end(JSON.stringify({ ...review, status }))
  })
  const kubeconfig = JSON.stringify({
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: {} }],
  })
  return { kubeconfig, reviews, state }
}

const get = async (url: string, token?: string) => {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const response = await fetch(url, { headers })
  return { status: response.status, text: await response.text() }
}

it('serves metrics to whom the API server knows and lets read them', async () => {
  const { kubeconfig, reviews } = await apiServer()
  const listener = metricsListener(() => 'a 1\n', silent, kubernetesAuthorize(kubeconfig))
  const url = `${await listen(listener)}/metrics`
  expect(await get(url)).toEqual({ status: 401, text: 'unauthenticated\n' })
  expect(await get(url, 'stranger')).toEqual({ status: 401, text: 'unauthenticated\n' })
  expect(await get(url, 'other')).toEqual({ status: 403, text: 'forbidden\n' })
  expect(reviews.at(-1)).toEqual({
    user: 'other',
    groups: ['all'],
    extra: { a: ['b'] },
    nonResourceAttributes: { path: '/metrics', verb: 'get' },
  })
  expect(await get(url, 'reader')).toEqual({ status: 200, text: 'a 1\n' })
})

it('serves over TLS where the API server is asked, else over HTTP, or not at all', async () => {
  const { kubeconfig } = await apiServer()
  const directory = mkdtempSync(join(tmpdir(), 'diagnostics-'))
  await ensureCertificates(directory)
  const tls = {
    certificate: join(directory, 'tls.crt'),
    key: join(directory, 'tls.key'),
    clientCa: '/no/such',
    minVersion: 'TLSv1.2' as const,
  }
  const address = { host: '127.0.0.1', port: 0 }
  const metrics = [gauge('a', 'A.', () => 1)]
  const start = async (diagnostics: Diagnostics) => {
    const server = await serveDiagnostics(diagnostics, tls, metrics, silent)
    if (server) servers.push(server)
    return server?.port ?? 0
  }
  const read = async (call: ClientRequest) => {
    const [response] = await once(call, 'response')
    return { status: response.statusCode, text: await text(response) }
  }
  const ca = readFileSync(join(directory, 'ca.crt'))
  const headers = { Authorization: 'Bearer reader' }

  const authorized = await start({ kind: 'authorized', ...address, kubeconfig })
  const secure = getSecure({ ...address, port: authorized, path: '/metrics', ca, headers })
  expect(await read(secure)).toMatchObject({
    status: 200,
    text: expect.stringContaining('\na 1\n'),
  })
  const insecure = await start({ kind: 'insecure', ...address })
  const plain = getPlain({ ...address, port: insecure, path: '/metrics' })
  expect((await read(plain)).text).toContain('process_resident_memory_bytes')
  expect(await start({ kind: 'off' })).toBe(0)
})

it('serves nobody while the API server does not say', async () => {
  const { kubeconfig } = await apiServer(true)
  const listener = metricsListener(() => 'a 1\n', silent, kubernetesAuthorize(kubeconfig))
  const url = `${await listen(listener)}/metrics`
  expect(await get(url, 'reader')).toEqual({ status: 503, text: 'the API server did not answer\n' })
})

describe('the answers of the API server', () => {
  const seconds = 1000
  /** Asks about a token at a time in seconds: the verdict, and how many reviews that took. */
  async function start() {
    const { kubeconfig, reviews, state } = await apiServer()
    let now = 0
    const authorize = kubernetesAuthorize(kubeconfig, () => now)
    const at = async (time: number, token: string) => {
      now = time * seconds
      const before = reviews.length
      const verdict = await authorize(token, '/metrics')
      return [verdict, reviews.length - before]
    }
    return { authorize, at, reviews, state }
  }

  it('are kept a minute of a token and 5 minutes of who is allowed', async () => {
    const { at, reviews } = await start()
    expect(await at(0, 'reader')).toEqual(['allowed', 2])
    expect(await at(59.9, 'reader')).toEqual(['allowed', 0])
    expect(await at(60, 'reader')).toEqual(['allowed', 1])
    expect(reviews.at(-1)).toEqual({ token: 'reader' })
    expect(await at(119.9, 'reader')).toEqual(['allowed', 0])
    expect(await at(299.9, 'reader')).toEqual(['allowed', 1])
    expect(await at(300, 'reader')).toEqual(['allowed', 1])
    expect(reviews.at(-1)).toMatchObject({ user: 'reader' })
  })

  it('are kept 30 seconds of who is denied', async () => {
    const { at, reviews } = await start()
    expect(await at(0, 'other')).toEqual(['forbidden', 2])
    expect(await at(29.9, 'other')).toEqual(['forbidden', 0])
    expect(await at(30, 'other')).toEqual(['forbidden', 1])
    expect(reviews.at(-1)).toMatchObject({ user: 'other' })
  })

  it('are a no when they are both yes and no', async () => {
    const { at } = await start()
    expect(await at(0, 'both')).toEqual(['forbidden', 2])
  })

  it('are kept of a token that nobody has, not of one that could not be judged', async () => {
    const { at } = await start()
    expect(await at(0, 'stranger')).toEqual(['unauthenticated', 1])
    expect(await at(59.9, 'stranger')).toEqual(['unauthenticated', 0])
    expect(await at(60, 'stranger')).toEqual(['unauthenticated', 1])
    expect(await at(61, 'unreadable')).toEqual(['unauthenticated', 1])
    expect(await at(61, 'unreadable')).toEqual(['unauthenticated', 1])
  })

  it('are not kept when there is none', async () => {
    const { at, state } = await start()
    state.broken = true
    await expect(at(0, 'reader')).rejects.toThrow('the API server answered 500')
    state.broken = false
    expect(await at(0, 'reader')).toEqual(['allowed', 2])
    state.broken = true
    expect(await at(59, 'reader')).toEqual(['allowed', 0])
    await expect(at(60, 'reader')).rejects.toThrow('the API server answered 500')
  })

  it('are one for calls at the same time', async () => {
    const { authorize, reviews, state } = await start()
    const ask = () => Array.from({ length: 20 }, () => authorize('reader', '/metrics'))
    state.broken = true
    const refused = await Promise.allSettled(ask())
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']))
    expect(reviews).toHaveLength(1)
    state.broken = false
    expect(new Set(await Promise.all(ask()))).toEqual(new Set(['allowed']))
    expect(reviews).toHaveLength(3)
  })
})

it('serves everybody when that is asked for, and only metrics', async () => {
  const url = await listen(metricsListener(() => 'a 1\n', silent))
  expect(await get(`${url}/metrics`)).toEqual({ status: 200, text: 'a 1\n' })
  expect(await get(`${url}/`)).toMatchObject({ status: 404 })
  const posted = await fetch(`${url}/metrics`, { method: 'POST' })
  expect(posted.status).toBe(404)
})
