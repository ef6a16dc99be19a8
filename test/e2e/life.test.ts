import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { contracts } from '../../src/contract/index.ts'
import { conditionOf } from '../../src/dev/sandbox/objects.ts'
import { realClock } from '../../src/dev/simulator/call.ts'
import { createClient } from '../../src/dev/simulator/client.ts'
import { simulateCluster } from '../../src/dev/simulator/scenario/simulate-cluster.ts'
import { hooks } from '../../src/hooks/index.ts'
import { objectAt } from '../../src/json/json.ts'
import { definitions } from '../../src/sample/sample-variables.ts'
import { meaningOf } from '../recorded/meaning.ts'
import { hookOf, lifecycleOf, upgradeCalls } from './calls.ts'
import { createScene, type Scene } from './scene.ts'

// One Cluster's life, step by step. Each test looks at what the controllers wrote.
let scene: Scene
beforeAll(async () => {
  scene = await createScene('life')
  scene.recorder.shadow = (await scene.startGoExtension()).port
})
afterAll(() => scene.end())

it('is registered: the controllers have discovered all handlers', async () => {
  await scene.register()
  const { objects } = scene.sandbox
  const found = await objects.read({
    apiVersion: 'runtime.cluster.x-k8s.io/v1beta2',
    kind: 'ExtensionConfig',
    metadata: { name: 'life' },
  })
  const handlers: unknown = objectAt(found, ['status'])?.['handlers']
  expect(handlers).toHaveLength(16)
  expect(handlers).toEqual(
    expect.arrayContaining(
      hooks.map(({ name, contract }) =>
        expect.objectContaining({
          name: `${name}.life`,
          timeoutSeconds: 10,
          failurePolicy: 'Fail',
          requestHook: {
            apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1',
            hook: contract.hook,
          },
        }),
      ),
    ),
  )
})

it('gives the ClusterClass its variables', async () => {
  await scene.applyClusterClass()
  const names = async () => {
    const [clusterClass] = await scene.list('cluster.x-k8s.io/v1beta2', 'ClusterClass')
    const variables: unknown = clusterClass?.status?.['variables']
    return Array.isArray(variables) ? variables.map(({ name }) => name).sort() : []
  }
  const declared = definitions.map(({ name }) => name).sort()
  await vi.waitFor(async () => expect(await names()).toEqual(declared), { timeout: 30_000 })
})

it('blocks BeforeClusterCreate by the ConfigMap, seen in the conditions, until it is released', async () => {
  const message = 'waiting for quota'
  await scene.prepareAnswer('BeforeClusterCreate', {
    Status: 'Success',
    RetryAfterSeconds: 3,
    Message: message,
  })
  await scene.createCluster()
  await scene.waitForCluster((cluster) => {
    const condition = conditionOf(cluster, 'TopologyReconciled')
    return condition.message.includes(message) ? undefined : `it says ${condition.message}`
  })
  expect(await scene.list('controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlane')).toEqual(
    [],
  )
  await scene.prepareAnswer('BeforeClusterCreate', null)
  expect(await scene.settled()).toHaveLength(3)
})

it('defaults the variables of the Cluster', async () => {
  const cluster = await scene.cluster()
  expect(objectAt(cluster?.spec, ['topology'])?.['variables']).toEqual(
    expect.arrayContaining([
      { name: 'imageRepository', value: 'kindest' },
      { name: 'kubeadmControlPlaneMaxSurge', value: '' },
    ]),
  )
})

it('patches the objects that are created', async () => {
  const [controlPlane] = await scene.list(
    'controlplane.cluster.x-k8s.io/v1beta2',
    'KubeadmControlPlane',
  )
  const label = { 'top-level-label-1': 'top-level-label-value-1' }
  expect(controlPlane?.metadata?.labels).toMatchObject(label)
  const config = objectAt(controlPlane?.spec, ['kubeadmConfigSpec'])
  expect(objectAt(config, ['clusterConfiguration', 'scheduler'])).toEqual({
    extraArgs: [{ name: 'v', value: '2' }],
  })
  expect(
    objectAt(config, ['joinConfiguration', 'nodeRegistration'])?.['kubeletExtraArgs'],
  ).toContainEqual({
    name: 'node-labels',
    value: 'kubernetesVersion=v1.34.0',
  })
  const templates = await scene.list('bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmConfigTemplate')
  const rolledOut = templates.filter(({ metadata }) => metadata?.name !== 'in-memory')
  expect(rolledOut).toHaveLength(1)
  expect(rolledOut[0]?.metadata?.labels).toMatchObject(label)
})

it('is upgraded from v1.34.0 to v1.36.4 with the hooks in their order', async () => {
  const before = scene.recorder.calls.length
  await scene.changeTopology({ version: 'v1.36.4' })
  expect(await scene.settled()).toHaveLength(3)
  const machines = await scene.list('cluster.x-k8s.io/v1beta2', 'Machine')
  expect(machines.map(({ spec }) => spec?.['version'])).toEqual(Array(3).fill('v1.36.4'))
  expect(lifecycleOf(scene.recorder.calls.slice(before))).toEqual(upgradeCalls)
})

it('is not deleted while BeforeClusterDelete fails, and is when it no longer does', async () => {
  await scene.prepareAnswer('BeforeClusterDelete', { Status: 'Failure', Message: 'backup failed' })
  await scene.deleteCluster()
  await scene.waitForCluster((cluster) => {
    const { message } = conditionOf(cluster, 'TopologyReconciled')
    return message.includes('backup failed') ? undefined : `it says ${message}`
  })
  expect(await scene.list('cluster.x-k8s.io/v1beta2', 'Machine')).toHaveLength(3)
  await scene.prepareAnswer('BeforeClusterDelete', null)
  await scene.waitForCluster((cluster) => cluster && 'it is still there')
  expect(await scene.list('cluster.x-k8s.io/v1beta2', 'Machine')).toEqual([])
})

it('was called in the order in which the simulated management cluster calls', async () => {
  const real = lifecycleOf(scene.recorder.calls)
  const { recorder } = scene
  delete recorder.shadow
  const before = recorder.calls.length
  const settings = { extensionConfigName: 'life', inPlaceUpdateSeconds: '1' }
  const url = new URL(recorder.url)
  const client = createClient({ url, ca: scene.sandbox.authority.certificate, settings })
  const options = {
    extensionConfigName: 'life',
    from: 'v1.34.0',
    to: 'v1.36.4',
    maxBlockSeconds: 9,
  }
  await simulateCluster({ ...options, url, client, emit: () => {}, clock: realClock })
  client.close()
  expect(lifecycleOf(recorder.calls.slice(before))).toEqual(real)
})

it('answered every call as the Go test extension answers it', () => {
  const both = scene.recorder.calls.filter(({ shadow }) => shadow)
  // Another scene updates Machines in place.
  const elsewhere = ['CanUpdateMachine', 'UpdateMachine']
  const here = contracts.map(({ hook }) => hook).filter((hook) => !elsewhere.includes(hook))
  expect([...new Set(both.map(hookOf))].sort()).toEqual(here.sort())
  for (const { hook, request, answer = {}, shadow = {} } of both)
    expect(meaningOf(hook, request, answer), hook).toEqual(meaningOf(hook, request, shadow))
})

it('was answered without a bug', () => {
  // The API server has no simulated Machine, and without an owner there is no state.
  const calls = scene.recorder.calls.filter(({ hook }) => hook !== 'updatemachine')
  expect(calls.filter(({ status }) => status !== 200)).toEqual([])
})
