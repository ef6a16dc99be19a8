import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import { afterEach, expect, it, vi } from 'vitest'
import {
  conditionOf,
  type Resource,
  type Selection,
  waitForObjects,
} from '../../../src/sandbox/objects.ts'

const machines = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Machine',
  labelSelector: 'a=b',
} as const satisfies Selection
const machine = (uid: string, phase: string): Resource => ({
  metadata: { uid, name: uid },
  status: { phase },
})
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A stand-in for an API server: it has these objects, and a test writes the events. */
async function apiServer(...items: Resource[]) {
  const watches: ServerResponse[] = []
  const urls: (string | undefined)[] = []
  const server = createServer(({ url }, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    if (url === '/apis/cluster.x-k8s.io/v1beta2') {
      const resources = [
        { kind: 'Machine', name: 'machines', namespaced: true },
        { kind: 'ClusterClass', name: 'clusterclasses', namespaced: false },
      ]
      return response.end(JSON.stringify({ kind: 'APIResourceList', apiVersion: 'v1', resources }))
    }
    urls.push(url)
    if (url?.includes('watch=true')) {
      response.flushHeaders()
      return watches.push(response)
    }
    const { apiVersion } = machines
    const metadata = { resourceVersion: '7' }
    return response.end(JSON.stringify({ apiVersion, kind: 'List', metadata, items }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const send = (type: string, object: object) =>
    watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`)
  const watched = (count: number) => vi.waitFor(() => expect(watches).toHaveLength(count), 3000)
  return { client: connect(port), items, urls, watches, watched, send }
}

function connect(port: number) {
  const config = new KubeConfig()
  const server = `http://127.0.0.1:${port}`
  config.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify: true }, { name: 'u' })
  return { config, objects: KubernetesObjectApi.makeApiClient(config) }
}

const allRun = (found: readonly Resource[]) =>
  found.length === 2 && found.every(({ status }) => status?.['phase'] === 'Running')
    ? undefined
    : `${found.length} are not all running`

it('looks again whenever objects change, until nothing is missing', async () => {
  const { client, urls, watched, send } = await apiServer(machine('one', 'Running'))
  const waiting = waitForObjects(client, machines, allRun)
  await watched(1)
  send('ADDED', machine('two', 'Pending'))
  send('ADDED', machine('three', 'Running'))
  send('MODIFIED', machine('two', 'Running'))
  send('DELETED', machine('three', 'Running'))
  expect((await waiting).map(({ metadata }) => metadata?.name)).toEqual(['one', 'two'])
  const path = '/apis/cluster.x-k8s.io/v1beta2/namespaces/default/machines'
  expect(urls).toEqual([
    `${path}?labelSelector=a%3Db`,
    `${path}?watch=true&labelSelector=a%3Db&resourceVersion=7`,
  ])
})

it('reads all again when the connection breaks off', async () => {
  const { client, items, watches, watched } = await apiServer(machine('gone', 'Running'))
  const waiting = waitForObjects(client, machines, allRun)
  await watched(1)
  items.splice(0, 1, machine('one', 'Running'), machine('two', 'Running'))
  watches[0]?.destroy()
  expect((await waiting).map(({ metadata }) => metadata?.name)).toEqual(['one', 'two'])
})

it('sees that there is nothing', async () => {
  const { client, urls } = await apiServer()
  const selection = {
    ...machines,
    kind: 'ClusterClass',
    clusterScoped: true,
    name: 'demo',
  } as const
  const none = (found: readonly Resource[]) => (found.length === 0 ? undefined : 'still there')
  expect(await waitForObjects(client, selection, none)).toEqual([])
  expect(urls[0]).toContain('/apis/cluster.x-k8s.io/v1beta2/clusterclasses?')
  expect(urls[0]).toContain('fieldSelector=metadata.name%3Ddemo')
})

it('says what was missing', async () => {
  const { client } = await apiServer()
  await expect(waitForObjects(client, machines, allRun, 0.5)).rejects.toThrow(
    '0 are not all running (waited 0.5 seconds)',
  )
})

it('takes an API server that is away for no answer', async () => {
  const none = () => undefined
  await expect(waitForObjects(connect(1), machines, none, 0.5)).rejects.toThrow(
    'the API server did not answer (waited 0.5 seconds)',
  )
})

it('reads a condition', () => {
  const conditions = [
    { type: 'Available', status: 'True', reason: 'Available', observedGeneration: 2 },
  ]
  const found = { status: { conditions } }
  expect(conditionOf(found, 'Available')).toMatchObject({ status: 'True', observedGeneration: 2 })
  expect(conditionOf(found, 'Ready')).toMatchObject({ status: 'Unknown', message: '' })
  expect(conditionOf(undefined, 'Ready')).toMatchObject({ status: 'Unknown' })
})
