import { join } from 'node:path'
import { inject } from 'vitest'
import { layout } from '../../../src/dev/sandbox/layout.ts'
import { conditionOf } from '../../../src/dev/sandbox/objects.ts'
import { createApp } from '../../../src/extension/app.ts'
import { inMemoryCluster } from '../../../src/kubernetes/management-cluster.ts'
import { serveHooks } from '../../../src/server/serve-hooks.ts'
import { silent } from '../../support/silent.ts'
import { type Attached, attach } from '../sandbox.ts'
import { createEdited, type Edited } from './edited.ts'
import { hooksOf, type Seen } from './extension.ts'
import { extensionOf, manifests, type Start } from './manifests.ts'

const label = 'extension'

/** Serves the extensions of the test, and creates Clusters that use them. */
export async function createFleet(starts: readonly Start[]) {
  const sandbox = await attach(inject('sandbox'))
  const seen: Seen[] = []
  const clusters = new Map(starts.map((start) => [start.name, createEdited(sandbox, start, seen)]))
  const namespaces = starts.map((start) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: start.name, labels: { [label]: extensionOf(start) } },
  }))
  await Promise.all(namespaces.map((namespace) => sandbox.apply(JSON.stringify(namespace))))
  const servers = await Promise.all(
    [false, true].map((inPlace) => serve(sandbox, inPlace, clusters, seen)),
  )
  await Promise.all(starts.map((start) => create(sandbox, start)))
  await Promise.all([...clusters.values()].map((cluster) => cluster.settled()))
  return {
    clusters: [...clusters.values()],
    close: () => Promise.all(servers.map((server) => server.close())),
  }
}

async function serve(
  sandbox: Attached,
  inPlace: boolean,
  clusters: ReadonlyMap<string, Edited>,
  seen: Seen[],
) {
  const programOf = (namespace: string) => {
    const cluster = clusters.get(namespace)
    if (!cluster) throw new Error(`the test has no Cluster in ${namespace}`)
    return cluster.program
  }
  const hooks = hooksOf(inPlace, programOf, (call) => seen.push(call))
  const directory = join(sandbox.directory, layout.certificates)
  const server = await serveHooks(
    createApp({ hooks }, { log: silent, cluster: inMemoryCluster() }).fetch,
    {
      host: '127.0.0.1',
      port: 0,
      certificate: join(directory, 'tls.crt'),
      key: join(directory, 'tls.key'),
      minVersion: 'TLSv1.2',
    },
    silent,
  )
  const name = extensionOf({ inPlace })
  await sandbox.registerExtension({
    name,
    url: `https://127.0.0.1:${server.port}`,
    caBundle: sandbox.authority.certificate,
    namespaceSelector: { matchLabels: { [label]: name } },
  })
  return server
}

async function create({ apply, waitFor }: Attached, start: Start): Promise<void> {
  const { others, cluster } = manifests(start)
  for (const object of others) await apply(JSON.stringify(object))
  await waitFor(
    { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'ClusterClass', namespace: start.name },
    ([found]) => {
      const { status, message } = conditionOf(found, 'VariablesReady')
      return status === 'True' ? undefined : `no variables: ${message}`
    },
  )
  await apply(JSON.stringify(cluster))
}
