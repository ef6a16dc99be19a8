import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { StoreError } from '../../../src/sample/config-maps.ts'
import { kubernetesConfigMaps } from '../../../src/sample/kubernetes-config-maps.ts'
import { kubeconfig } from './kubeconfig.ts'

// A stand-in for the API server's ConfigMaps: the end-to-end tests use a real one, here the order of two replicas'
// steps and every status code can be chosen.
interface Stored {
  resourceVersion: number
  data: Record<string, string>
}
const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function apiServer(
  before: (method: string, maps: Map<string, Stored>) => number | undefined,
) {
  const maps = new Map<string, Stored>()
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    const body: unknown = method === 'GET' ? {} : await json(request)
    const change = Object(body)
    const name = method === 'POST' ? change.metadata.name : url.split('/').at(-1)
    const code = before(method, maps)
    const stored = maps.get(name)
    const refuse = (status: number) => response.writeHead(status).end('{"message":"SECRET detail"}')
    if (code !== undefined) return refuse(code)
    if (method !== 'POST' && !stored) return refuse(404)
    if (method === 'POST' && stored) return refuse(409)
    const expected = change.metadata?.resourceVersion
    if (method === 'PATCH' && expected && expected !== String(stored?.resourceVersion))
      return refuse(409)
    const next = { resourceVersion: (stored?.resourceVersion ?? 0) + 1, data: { ...stored?.data } }
    for (const [key, value] of Object.entries(change.data ?? {}))
      if (value === null) delete next.data[key]
      else next.data[key] = String(value)
    if (method !== 'GET') maps.set(name, next)
    const { data, resourceVersion } = maps.get(name) ?? next
    const metadata = { name, namespace: 'default', resourceVersion: String(resourceVersion) }
    response.setHeader('Content-Type', 'application/json')
    return response.end(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  const { port } = server.address() as AddressInfo
  return { maps, configMaps: kubernetesConfigMaps(kubeconfig(`http://127.0.0.1:${port}`)) }
}

it('makes a ConfigMap, sets keys and takes them away', async () => {
  const { maps, configMaps } = await apiServer(() => undefined)
  expect(await configMaps.readOrCreate('default', 'a')).toEqual({})
  await configMaps.write('default', 'a', { x: '1', y: '2' })
  await configMaps.write('default', 'a', { x: null })
  expect(await configMaps.readOrCreate('default', 'a')).toEqual({ y: '2' })
  expect(maps.get('a')?.data).toEqual({ y: '2' })
})

it('reads the ConfigMap that another replica makes at the same moment', async () => {
  const { configMaps } = await apiServer((method, maps) => {
    if (method === 'POST') maps.set('a', { resourceVersion: 1, data: { theirs: '1' } })
    return undefined
  })
  expect(await configMaps.readOrCreate('default', 'a')).toEqual({ theirs: '1' })
})

it('keeps the value of the replica that was first', async () => {
  let other = true
  const { configMaps } = await apiServer((method, maps) => {
    if (method === 'PATCH' && other) {
      other = false
      maps.set('a', { resourceVersion: 9, data: { start: 'theirs' } })
    }
    return undefined
  })
  expect(await configMaps.writeOnce('default', 'a', 'start', 'mine')).toBe('theirs')
  expect(await configMaps.writeOnce('default', 'b', 'start', 'mine')).toBe('mine')
  expect(await configMaps.writeOnce('default', 'b', 'start', 'later')).toBe('mine')
})

it('tries again when only other keys were in conflict, and gives up after five', async () => {
  let conflicts = 2
  const { configMaps } = await apiServer((method) =>
    method === 'PATCH' && conflicts-- > 0 ? 409 : undefined,
  )
  expect(await configMaps.writeOnce('default', 'a', 'start', 'mine')).toBe('mine')
  conflicts = 99
  await expect(configMaps.writeOnce('default', 'a', 'other', 'mine')).rejects.toThrow(
    'failed to update the ConfigMap default/a: 5 conflicts in a row',
  )
})

it.each([
  [403, 'Forbidden'],
  [401, 'Unauthorized'],
  [500, 'the API server answered 500'],
])('tells status %d by a word of its own', async (code, reason) => {
  const { configMaps } = await apiServer(() => code)
  await expect(configMaps.readOrCreate('default', 'a')).rejects.toThrow(
    new StoreError(`failed to read the ConfigMap default/a: ${reason}`),
  )
})

it.each(['../kube-system', '..', 'a/b', 'a?b=c', 'a%2Fb', 'A', ''])(
  'asks nothing for the name "%s"',
  async (name) => {
    const asked: string[] = []
    const { configMaps } = await apiServer((method) => {
      asked.push(method)
      return undefined
    })
    await expect(configMaps.readOrCreate(name, 'a')).rejects.toThrow(
      `failed to read the ConfigMap ${name}/a: Invalid`,
    )
    await expect(configMaps.write('default', name, {})).rejects.toThrow(': Invalid')
    expect(asked).toEqual([])
  },
)

it('tells that the API server is away', async () => {
  const configMaps = kubernetesConfigMaps(kubeconfig('http://127.0.0.1:1'))
  await expect(configMaps.write('default', 'a', {})).rejects.toThrow(
    'failed to update the ConfigMap default/a: no answer from the API server',
  )
})
