import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { createAuthority } from '../../../src/dev/certificates.ts'
import { kubernetesApi } from '../../../src/kubernetes/request.ts'

// A stand-in over TLS, so that connections can be counted and broken; the end-to-end tests use a real API server.
const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function apiServer(prefix = '') {
  const authority = await createAuthority()
  const seen: unknown[] = []
  const state = { connections: 0, breakNext: false }
  const server = createServer(await authority.issue(), async (request, response) => {
    if (state.breakNext) {
      state.breakNext = false
      request.socket.destroy()
      return
    }
    const { method, url, headers } = request
    const body = method === 'GET' ? undefined : await json(request)
    const { authorization: token, 'content-type': type, 'user-agent': agent } = headers
    seen.push({ method, url, body, token, type, agent })
    response.writeHead(url === '/missing' ? 404 : 200).end('{"kind":"ConfigMap"}')
  }).listen(0, '127.0.0.1')
  server.on('secureConnection', () => state.connections++)
  await once(server, 'listening')
  servers.push({ close: () => server.close().closeAllConnections() })
  const { port } = server.address() as AddressInfo
  const ca = Buffer.from(authority.ca).toString('base64')
  const cluster = {
    server: `https://127.0.0.1:${port}${prefix}`,
    'certificate-authority-data': ca,
  }
  const kubeconfig = JSON.stringify({
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: 'secret' } }],
  })
  return { api: kubernetesApi(kubeconfig), seen, state }
}

it('asks with the token of the kubeconfig, over one connection', async () => {
  const { api, seen, state } = await apiServer()
  expect(await api('GET', '/a')).toEqual({ kind: 'ConfigMap' })
  await api('PATCH', '/b', { data: {} })
  await api('POST', '/c', { spec: {} })
  const token = 'Bearer secret'
  expect(seen).toMatchObject([
    { method: 'GET', url: '/a', body: undefined, token, type: undefined },
    { method: 'PATCH', url: '/b', body: { data: {} }, token, type: 'application/merge-patch+json' },
    { method: 'POST', url: '/c', body: { spec: {} }, token, type: 'application/json' },
  ])
  expect(state.connections).toBe(1)
})

it('sends another kind of patch, and says which program it is', async () => {
  const { api, seen } = await apiServer()
  await api('PATCH', '/a', {}, undefined, 'application/apply-patch+yaml')
  expect(seen).toMatchObject([{ type: 'application/apply-patch+yaml', agent: 'capi-extension' }])
})

it('keeps the path of the address', async () => {
  const { api, seen } = await apiServer('/k8s/clusters/one/')
  await api('GET', '/a')
  expect(seen).toMatchObject([{ url: '/k8s/clusters/one/a' }])
})

it('rejects with the code and the body of another status', async () => {
  const { api } = await apiServer()
  const status = { kind: 'ConfigMap' }
  const refusal = { name: 'ApiError', code: 404, status }
  await expect(api('GET', '/missing')).rejects.toMatchObject(refusal)
})

it('asks again when a kept connection closes under the request, and not when a new one does', async () => {
  const { api, state } = await apiServer()
  state.breakNext = true
  await expect(api('GET', '/a')).rejects.toMatchObject({ code: 'ECONNRESET' })
  await api('GET', '/a')
  state.breakNext = true
  await api('GET', '/a')
  expect(state).toEqual({ connections: 3, breakNext: false })
})
