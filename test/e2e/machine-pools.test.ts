import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Resource } from '../../src/dev/sandbox/objects.ts'
import { objectAt } from '../../src/json/json.ts'
import { meaningOf } from '../recorded/meaning.ts'
import type { RecordedCall } from './recorder.ts'
import { createScene, type Scene } from './scene.ts'

// A MachinePool and templates of an older version: what the other scenes lack. Its Machines would need a Docker engine,
// so that the Cluster never becomes Available; what the controllers make of the patches is there all the same.
const templates = `
apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: { name: pool, namespace: pools }
spec:
  template:
    spec:
      joinConfiguration:
        nodeRegistration: { kubeletExtraArgs: { eviction-hard: nodefs.available<0% } }
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevMachinePoolTemplate
metadata: { name: pool, namespace: pools }
spec: { template: { spec: { backend: { docker: {} } } } }
`
const machinePools = [
  {
    class: 'pool',
    bootstrap: {
      templateRef: reference('bootstrap.cluster.x-k8s.io/v1beta1', 'KubeadmConfigTemplate'),
    },
    infrastructure: {
      templateRef: reference('infrastructure.cluster.x-k8s.io/v1beta2', 'DevMachinePoolTemplate'),
    },
  },
]
function reference(apiVersion: string, kind: string) {
  return { apiVersion, kind, name: 'pool' }
}

let scene: Scene
beforeAll(async () => {
  scene = await createScene('pools')
  scene.recorder.shadow = (await scene.startGoExtension()).port
  await scene.register()
  await scene.sandbox.apply(templates)
  await scene.applyClusterClass({ machinePools })
  await scene.createCluster({
    workers: { machinePools: [{ class: 'pool', name: 'mp-0', replicas: 1 }] },
  })
})
afterAll(() => scene.end())

const itemsOf = ({ request }: RecordedCall, kind: string) =>
  (Array.isArray(request['items']) ? request['items'] : []).filter(
    ({ holderReference }) => holderReference.kind === kind,
  )

const poolLabel = 'topology.cluster.x-k8s.io/pool-name'

it('patches the objects of a MachinePool', async () => {
  // The controller makes them one after the other, and for the control plane's Machine a config as well.
  const ofPool = async (group: string, kind: string) => {
    const selection = { apiVersion: `${group}.cluster.x-k8s.io/v1beta2`, kind, namespace: 'pools' }
    const find = (found: readonly Resource[]) =>
      found.find(({ metadata }) => metadata?.labels?.[poolLabel] === 'mp-0')
    const all = await scene.sandbox.waitFor(selection, (found) =>
      find(found) ? undefined : `there is no ${kind}`,
    )
    return find(all)
  }
  const pool = await ofPool('infrastructure', 'DevMachinePool')
  expect(pool?.metadata?.labels).toMatchObject({ 'top-level-label-1': 'top-level-label-value-1' })
  expect(objectAt(pool?.spec, ['backend', 'docker'])).toMatchObject({
    customImage: expect.stringMatching(/^kindest\/node:v1\.34\.0@sha256:/),
  })
  const config = await ofPool('bootstrap', 'KubeadmConfig')
  const node = objectAt(config?.spec, ['joinConfiguration', 'nodeRegistration'])
  expect(node?.['kubeletExtraArgs']).toContainEqual({ name: 'v', value: '2' })
})

it('was asked with the templates of the ClusterClass, and answered as the Go test extension does', () => {
  const calls = scene.recorder.calls.filter(
    (call) => call.hook === 'generatepatches' && itemsOf(call, 'MachinePool').length === 2,
  )
  expect(calls.length).toBeGreaterThan(0)
  for (const { hook, request, answer = {}, shadow = {} } of calls)
    expect(meaningOf(hook, request, answer)).toEqual(meaningOf(hook, request, shadow))
  const versions = calls.flatMap((call) =>
    itemsOf(call, 'MachinePool').map(({ object }) => object.apiVersion),
  )
  expect(new Set(versions)).toEqual(
    new Set(['bootstrap.cluster.x-k8s.io/v1beta1', 'infrastructure.cluster.x-k8s.io/v1beta2']),
  )
})
