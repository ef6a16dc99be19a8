import { afterAll, beforeAll, expect, it } from 'vitest'
import { isObject, objectAt } from '../../src/json/json.ts'
import { meaningOf } from '../recorded/meaning.ts'
import { hookOf } from './calls.ts'
import { createScene, type Scene } from './scene.ts'

const files = [{ path: '/etc/in-place.conf', content: 'hello', contentFormat: 'Raw' }]

let scene: Scene
beforeAll(async () => {
  scene = await createScene('in-place')
  scene.recorder.shadow = (await scene.startGoExtension()).port
  await scene.register()
  await scene.applyClusterClass()
  const controlPlane = { replicas: 3 }
  await scene.createCluster({ controlPlane })
  // A control plane is updated in place only where no other Machine may be added for a while.
  await scene.changeTopology({ controlPlane }, { kubeadmControlPlaneMaxSurge: '0' })
  await scene.settled()
})
afterAll(() => scene.end())

it('updates the workers and a control plane of three Machines in place', async () => {
  const before = await scene.settled()
  expect(before).toHaveLength(5)
  await scene.register({ disableInPlaceUpdates: 'false', inPlaceUpdateSeconds: '3' })
  await scene.changeTopology({}, { files })
  await scene.sandbox.waitFor(
    {
      apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
      kind: 'KubeadmConfig',
      namespace: 'in-place',
    },
    (configs) => {
      const without = configs.filter(({ spec }) => !hasFile(spec))
      return without.length === 0 ? undefined : `${without.length} Machines are without the file`
    },
    600,
  )
  // The same Machines: none was replaced.
  expect(await scene.settled()).toEqual(before)
})

it('asked first, then polled until it was done', () => {
  const calls = scene.recorder.calls.filter(({ hook }) => hook.includes('updatemachine'))
  expect(new Set(calls.map(hookOf))).toEqual(
    new Set(['CanUpdateMachineSet', 'CanUpdateMachine', 'UpdateMachine']),
  )
  const byMachine = new Map<unknown, unknown[]>()
  for (const { hook, request, answer } of calls) {
    if (hook !== 'updatemachine') continue
    const name = objectAt(request, ['desired', 'machine', 'metadata'])?.['name']
    byMachine.set(name, [...(byMachine.get(name) ?? []), answer?.['retryAfterSeconds']])
  }
  expect(byMachine.size).toBe(5)
  for (const retries of byMachine.values()) {
    expect(retries.at(-1)).toBe(0)
    expect(retries.slice(0, -1)).toContain(3)
  }
})

it('answered CanUpdateMachine and CanUpdateMachineSet as the Go test extension does', () => {
  const calls = scene.recorder.calls.filter(({ hook }) => hook.startsWith('canupdate'))
  expect(calls.length).toBeGreaterThan(0)
  for (const { hook, request, answer = {}, shadow = {} } of calls)
    expect(meaningOf(hook, request, answer)).toEqual(meaningOf(hook, request, shadow))
})

function hasFile(spec: unknown): boolean {
  const list = isObject(spec) ? spec['files'] : undefined
  return Array.isArray(list) && list.some((file) => file.path === files[0]?.path)
}
