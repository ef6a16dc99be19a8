// Compiled by "npm run typecheck": each line below @ts-expect-error must not compile.
import { expectTypeOf } from 'vitest'
import type { Cluster } from '../../src/contract/cluster.ts'
import type { Machine } from '../../src/contract/machine.ts'
import type { Api } from '../../src/kubernetes/api.ts'
import { memoryApi } from '../../src/kubernetes/memory-api.ts'
import type { KubernetesObject } from '../../src/kubernetes/objects.ts'
import type { StateOf } from '../../src/kubernetes/state.ts'

export async function compiled(state: StateOf, api: Api, cluster: Cluster, machine: Machine) {
  const ofMachine = state(machine)
  expectTypeOf(await ofMachine.get<string>('step')).toEqualTypeOf<string | undefined>()
  const count = await state(cluster).update<number>('count', (value = 0) => value + 1)
  expectTypeOf(count).toEqualTypeOf<number>()
  const perhaps = await ofMachine.update<number>('count', (value) => value && value - 1)
  expectTypeOf(perhaps).toEqualTypeOf<number | undefined>()
  expectTypeOf(await ofMachine.once('a', async () => ({ id: 1 }))).toEqualTypeOf<{ id: number }>()
  expectTypeOf(
    await ofMachine.once('a', (key) => key.length, { afterCrash: 'skip' }),
  ).toEqualTypeOf<number | undefined>()
  await ofMachine.once('a', async () => {}, { afterCrash: 'repeat' })
  // @ts-expect-error: a Date is no JSON
  await ofMachine.update('a', () => new Date())
  // @ts-expect-error: nor is a function
  await ofMachine.once('a', () => ({ run: () => 1 }))
  // @ts-expect-error: another word
  await ofMachine.once('a', () => 1, { afterCrash: 'never' })
  // @ts-expect-error: it is of another type
  await ofMachine.update<number>('a', () => 'a')

  const reference = { apiVersion: 'v1', kind: 'Cluster', name: 'a', namespace: 'b' }
  expectTypeOf(await api.get(reference)).toEqualTypeOf<KubernetesObject | undefined>()
  expectTypeOf(await api.get<Cluster>(reference)).toEqualTypeOf<Cluster | undefined>()
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: {} }
  expectTypeOf(await api.create(configMap)).toEqualTypeOf<typeof configMap | 'AlreadyExists'>()
  expectTypeOf(await api.patch<Cluster>(reference, {})).toEqualTypeOf<
    Cluster | 'NotFound' | 'Conflict'
  >()
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } })
  // @ts-expect-error: it has no name
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: {} })
  memoryApi([cluster, machine])
}
