import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import { expect, vi } from 'vitest'
import type { Resource, Selection } from '../../../../src/dev/sandbox/objects.ts'

export const machines = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Machine',
  labelSelector: 'a=b',
} as const satisfies Selection
export const machine = (uid: string, phase: string): Resource => ({
  metadata: { uid, name: uid },
  status: { phase },
})
const closers: (() => void)[] = []
/** Closes all of them. */
export function closeApiServers(): void {
  for (const close of closers.splice(0)) close()
}

/** A stand-in for an API server: it has these objects, and a test writes the events. */
export async function apiServer(...items: Resource[]) {
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

/** A client of the API server on a port. */
export function connect(port: number) {
  const config = new KubeConfig()
  const server = `http://127.0.0.1:${port}`
  config.loadFromClusterAndUser({ name: 'c', server, skipTLSVerify: true }, { name: 'u' })
  return { config, objects: KubernetesObjectApi.makeApiClient(config) }
}
