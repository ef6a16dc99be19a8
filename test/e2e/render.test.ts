import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PatchStrategy } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readManifest } from '../../src/dev/sandbox/extension.ts'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { conditionOf, parseYaml } from '../../src/dev/sandbox/objects.ts'
import { createApp } from '../../src/extension/app.ts'
import { hooks as sample } from '../../src/hooks/index.ts'
import { objectAt } from '../../src/json/json.ts'
import { inMemoryCluster } from '../../src/kubernetes/management-cluster.ts'
import { serveHooks } from '../../src/server/serve-hooks.ts'
import { comparableRequest } from '../support/same-request.ts'
import { silent } from '../support/silent.ts'
import type { RecordedCall, Recorder } from './recorder.ts'
import { startRecorder } from './recorder.ts'
import { hooks } from './render/extension.ts'
import {
  namespaceOf,
  readCluster,
  readInput,
  render,
  type Sent,
  type Shape,
  toJson,
} from './render/shape.ts'
import { desiredAndStored } from './render/stored.ts'
import { type Attached, attach } from './sandbox.ts'
import { createScene, type Scene } from './scene.ts'

// What a render sends is what the controllers send: for a Cluster that is about to come, and for one that is there.
const settings = { shared: 'of the ExtensionConfig', everywhere: 'yes' }
const own = { hooks, settings }
const shapes = {
  sandbox: {
    ...{
      namespace: 'render-sandbox',
      cluster: 'render-sandbox',
      classNamespace: 'render-sandbox',
      clusterClass: 'in-memory',
    },
    hooks: sample,
    settings: { extensionConfigName: 'render-sandbox', disableInPlaceUpdates: 'true' },
  },
  pools: {
    ...{
      namespace: 'render-pools',
      cluster: 'pools',
      classNamespace: 'render-pools',
      clusterClass: 'pools',
    },
    ...own,
  },
  older: {
    ...{
      namespace: 'render-older',
      cluster: 'older',
      classNamespace: 'render-classes',
      clusterClass: 'older',
    },
    ...own,
  },
} satisfies Record<string, Shape>

let sandbox: Attached
let scene: Scene
let recorder: Recorder
let server: Awaited<ReturnType<typeof serveHooks>>
beforeAll(async () => {
  sandbox = await attach(inject('sandbox'))
  scene = await createScene('render-sandbox')
  await scene.register()
  await scene.applyClusterClass()
  await serveOwnExtension()
})
afterAll(async () => {
  await scene.end()
  await recorder.close()
  await server.close()
})

describe.each(Object.entries(shapes))('%s', (name, shape: Shape) => {
  const callsOfCluster = () =>
    [...scene.recorder.calls, ...recorder.calls].filter(
      ({ request }) => namespaceOf(request) === shape.namespace,
    )

  it('is asked first as a render of the new Cluster asks', async () => {
    const cluster = await clusterManifest(name)
    const stored = toJson(await sandbox.objects.create(cluster, undefined, 'All'))
    const { sent } = await render(shape, { ...(await readInput(sandbox, shape)), cluster: stored })
    await sandbox.apply(JSON.stringify(cluster))
    await vi.waitFor(() => expect(callsOfCluster().length).toBeGreaterThanOrEqual(asked(sent)), {
      timeout: 60_000,
    })
    for (const { handler, request } of topologyOf(sent)) {
      const first = callsOfCluster().find((call) => isOf(call, handler))
      expect(comparableRequest(first?.request ?? {})).toEqual(comparableRequest(request))
    }
  })

  it('is asked again as a render of what is stored asks', async () => {
    await vi.waitFor(
      async () => {
        await touch(shape)
        const before = callsOfCluster().length
        const cluster = await readCluster(sandbox, shape)
        const { sent } = await render(shape, { ...(await readInput(sandbox, shape)), cluster })
        await vi.waitFor(() =>
          expect(callsOfCluster().length).toBeGreaterThanOrEqual(before + asked(sent)),
        )
        for (const { handler, request } of topologyOf(sent)) {
          const last = callsOfCluster().findLast((call) => isOf(call, handler))
          expect(comparableRequest(last?.request ?? {})).toEqual(comparableRequest(request))
        }
      },
      { timeout: 120_000, interval: 3000 },
    )
  })

  it('makes objects that are stored as the render has them', async () => {
    const cluster = await readCluster(sandbox, shape)
    const input = { ...(await readInput(sandbox, shape)), cluster }
    const { rendered } = await render(shape, input)
    expect(rendered.desired.length).toBeGreaterThan(4)
    for (const item of rendered.desired) {
      const { desired, stored, isTemplate } = await desiredAndStored(sandbox, item)
      // Of an object others set fields as well, such as the endpoint of the control plane.
      if (isTemplate) expect(stored).toEqual(desired)
      else expect(stored).toMatchObject(desired)
    }
  })
})

/** GeneratePatches and ValidateTopology: what a ClusterClass discovers is asked about once for all Clusters. */
const topologyOf = (sent: readonly Sent[]) =>
  sent.filter(({ request }) => request['kind'] !== 'DiscoverVariablesRequest')
const asked = (sent: readonly Sent[]) => topologyOf(sent).length
const isOf = (call: RecordedCall, handler: string) => handler.startsWith(`${call.handler}.`)

/** Any change makes the controller reconcile. */
async function touch({ namespace, cluster: name }: Shape): Promise<void> {
  const annotations = { touched: String(Date.now()) }
  const metadata = { name, namespace, annotations }
  const body = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster', metadata }
  const { MergePatch } = PatchStrategy
  await sandbox.objects.patch(body, undefined, undefined, undefined, undefined, MergePatch)
}

const manifestOf = async (name: string) =>
  parseYaml(await readFile(new URL(`render/${name}.yaml`, import.meta.url), 'utf8'))

async function clusterManifest(name: string) {
  if (name !== 'sandbox') {
    const objects = await manifestOf(name)
    return objects.find(({ kind }) => kind === 'Cluster') ?? {}
  }
  const [cluster] = parseYaml(await readManifest('cluster'))
  const variables = [{ name: 'imageRepository', value: 'kindest' }]
  const topology = { ...objectAt(cluster?.spec, ['topology']), variables }
  const metadata = { name: 'render-sandbox', namespace: 'render-sandbox' }
  return { ...cluster, metadata, spec: { ...cluster?.spec, topology } }
}

/** The extension of the two ClusterClasses here, behind a recorder, and all but their Clusters. */
async function serveOwnExtension(): Promise<void> {
  const directory = join(sandbox.directory, layout.certificates)
  server = await serveHooks(
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
  recorder = await startRecorder(directory, [server.port])
  const namespaces = ['render-pools', 'render-older', 'render-classes']
  for (const name of namespaces)
    await sandbox.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
  const key = 'kubernetes.io/metadata.name'
  await sandbox.registerExtension({
    name: 'render',
    url: recorder.url,
    caBundle: sandbox.authority.certificate,
    namespaceSelector: { matchExpressions: [{ key, operator: 'In', values: namespaces }] },
    settings,
  })
  const objects = (await Promise.all(['pools', 'older'].map(manifestOf))).flat()
  for (const object of objects.toSorted(byOrder))
    if (object.kind !== 'Cluster') await sandbox.apply(JSON.stringify(object))
  for (const namespace of ['render-pools', 'render-classes'])
    await sandbox.waitFor(
      { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'ClusterClass', namespace },
      ([found]) => {
        const { status, message } = conditionOf(found, 'VariablesReady')
        return status === 'True' ? undefined : `no variables: ${message}`
      },
    )
}

// Templates come before the ClusterClass that names them.
const byOrder = (a: { kind?: string }, b: { kind?: string }) =>
  Number(a.kind === 'ClusterClass') - Number(b.kind === 'ClusterClass')
