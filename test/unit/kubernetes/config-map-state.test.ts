import { expect, it } from 'vitest'
import type { Api } from '../../../src/kubernetes/api.ts'
import { configMapState } from '../../../src/kubernetes/config-map-state.ts'
import { memoryApi } from '../../../src/kubernetes/memory-api.ts'
import { StateError } from '../../../src/kubernetes/state-entries.ts'
import { recordedOf } from '../../recorded/recorded.ts'

const clusterApi = 'cluster.x-k8s.io/v1beta2'
const uid = '2974743e-6a1d-4fbd-bd4f-2f5269a23a7d'
const create = recordedOf('BeforeClusterCreate')[0]?.request
const update = recordedOf('UpdateMachine')[0]?.request
const cluster = Object(create?.['cluster'])
const machine = Object(Object(update?.['desired']).machine)
const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: '' }
const ofCluster = { ...reference, name: 'demo-quota-state' }
const stateOf = (api: Api, owner: typeof cluster) =>
  configMapState(() => api, 'quota')(AbortSignal.timeout(10_000))(owner)

it('keeps the state of a recorded Cluster in a ConfigMap that goes with it', async () => {
  const api = memoryApi()
  await stateOf(api, cluster).update('count', () => 1)
  await stateOf(api, cluster).once('sent', () => 'yes')
  expect(await api.get(ofCluster)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'demo-quota-state',
      namespace: 'default',
      labels: {
        'app.kubernetes.io/managed-by': 'quota',
        'cluster.x-k8s.io/cluster-name': 'demo',
      },
      ownerReferences: [{ apiVersion: clusterApi, kind: 'Cluster', name: 'demo', uid }],
      creationTimestamp: expect.any(String),
      resourceVersion: expect.any(String),
      uid: expect.any(String),
    },
    data: { count: '1', 'once.sent': expect.stringMatching(/^{.*"result":"yes"}$/) },
  })
})

it('asks once for the uid of a recorded Machine, and not before there is something to read', async () => {
  const { name, namespace } = machine.metadata
  const metadata = { ...machine.metadata, uid: 'uid', creationTimestamp: '2026-01-01T00:00:00Z' }
  const api = memoryApi([{ ...machine, metadata }])
  const asked: string[] = []
  const counting: Api = {
    ...api,
    get(wanted) {
      asked.push(wanted.kind)
      return api.get(wanted)
    },
  }
  const state = stateOf(counting, machine)
  expect(await state.get('step')).toBeUndefined()
  expect(asked).toEqual(['ConfigMap'])
  await state.update('step', () => 'drained')
  await state.update('step', () => 'updated')
  expect(asked.filter((kind) => kind === 'Machine')).toHaveLength(1)
  const stored = await api.get({ ...reference, name: `${name}-machine-quota-state`, namespace })
  expect(stored?.metadata).toMatchObject({
    labels: { 'cluster.x-k8s.io/cluster-name': 'chain' },
    ownerReferences: [{ apiVersion: clusterApi, kind: 'Machine', name, uid: 'uid' }],
  })
})

it('has nowhere to be when the Machine has gone', async () => {
  await expect(stateOf(memoryApi(), machine).update('step', () => 1)).rejects.toThrow(
    new StateError('the Machine default/chain-md-0-n7gxh-7h7hm-fjkvm has gone, with its state'),
  )
})

const leftOver = (change: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'demo-quota-state',
    namespace: 'default',
    creationTimestamp: '2026-01-01T00:00:00Z',
    labels: { 'app.kubernetes.io/managed-by': 'quota', more: '' },
    ownerReferences: [{ apiVersion: clusterApi, kind: 'Cluster', name: 'demo', uid: 'earlier' }],
    ...change,
  },
  data: { count: '7', other: '8' },
})

it('does not read what an earlier Cluster of the name left, and takes its ConfigMap over', async () => {
  const api = memoryApi([leftOver()])
  expect(await stateOf(api, cluster).get('count')).toBeUndefined()
  expect(await api.get(ofCluster)).toMatchObject({ data: { count: '7' } })
  expect(await stateOf(api, cluster).update<number>('count', (count = 0) => count + 1)).toBe(1)
  const taken = await api.get(ofCluster)
  expect(taken).toMatchObject({ data: { count: '1' }, metadata: { ownerReferences: [{ uid }] } })
  expect(taken).not.toHaveProperty('data.other')
  // A call that is late, of the earlier Cluster.
  const metadata = {
    ...cluster.metadata,
    uid: 'earlier',
    creationTimestamp: '2025-12-31T00:00:00Z',
  }
  const late = stateOf(api, { ...cluster, metadata })
  await expect(late.get('count')).rejects.toThrow(StateError)
  await expect(late.update('count', () => 9)).rejects.toThrow(
    'the ConfigMap default/demo-quota-state is not of this Cluster demo: see its ownerReferences and its label app.kubernetes.io/managed-by',
  )
  expect(await api.get(ofCluster)).toEqual(taken)
})

it.each([
  ['of another extension', { labels: { 'app.kubernetes.io/managed-by': 'other' } }],
  ['without a label', { labels: {} }],
  ['younger than the Cluster', { creationTimestamp: '2026-12-31T00:00:00Z' }],
])('leaves a ConfigMap alone that is %s', async (_, change) => {
  const api = memoryApi([leftOver(change)])
  await expect(stateOf(api, cluster).once('a', () => 1)).rejects.toThrow('is not of this Cluster')
  expect(await api.get(ofCluster)).toMatchObject(leftOver(change))
})

/** An Api in which something happens before a write, once. */
function interrupted(api: Api, happens: () => Promise<unknown>): Api {
  let left = 1
  const before = async () => {
    if (left-- > 0) await happens()
  }
  return {
    ...api,
    async create(object) {
      await before()
      return api.create(object)
    },
    async patch<T extends object>(...args: Parameters<Api['patch']>) {
      await before()
      return api.patch<T>(...args)
    },
  }
}
const add = (count = 0) => count + 1

it('reads again when another replica makes or changes the ConfigMap at the same moment', async () => {
  const api = memoryApi()
  const theirs = () => stateOf(api, cluster).update<number>('count', add)
  expect(await stateOf(interrupted(api, theirs), cluster).update<number>('count', add)).toBe(2)
  expect(await stateOf(interrupted(api, theirs), cluster).update<number>('count', add)).toBe(4)
})

it('begins anew once when two replicas take over what an earlier Cluster left', async () => {
  const api = memoryApi([leftOver()])
  const theirs = () => stateOf(api, cluster).update<number>('count', add)
  expect(await stateOf(interrupted(api, theirs), cluster).update<number>('count', add)).toBe(2)
})

it('does not take a claim that another replica was faster with', async () => {
  const api = memoryApi()
  await stateOf(api, cluster).update('count', () => 1)
  const theirs = () => stateOf(api, cluster).once('a', () => 'theirs')
  expect(await stateOf(interrupted(api, theirs), cluster).once('a', () => 'ours')).toBe('theirs')
})

it('goes on with its claim when the answer to that was lost', async () => {
  const api = memoryApi()
  let lost = 1
  const losing: Api = {
    ...api,
    async create(object) {
      const answer = await api.create(object)
      return lost-- > 0 ? 'AlreadyExists' : answer
    },
  }
  expect(await stateOf(losing, cluster).once('a', () => 'ours')).toBe('ours')
})

it('gives up after 20 conflicts in a row, and ends with the signal before', async () => {
  const api: Api = { ...memoryApi(), create: async () => 'AlreadyExists' }
  await expect(stateOf(api, cluster).update('a', () => 1)).rejects.toThrow(
    new StateError('the ConfigMap default/demo-quota-state: 20 conflicts in a row'),
  )
  const state = configMapState(() => api, 'quota')(AbortSignal.timeout(1))(cluster)
  await expect(state.update('a', () => 1)).rejects.toThrow('due to timeout')
}, 20_000)

it('says where somebody has written what is no JSON', async () => {
  const api = memoryApi()
  await stateOf(api, cluster).update('a', () => 1)
  await api.patch(ofCluster, { data: { a: 'one', 'once.b': 'two' } })
  await expect(stateOf(api, cluster).get('a')).rejects.toThrow(
    new StateError('the ConfigMap default/demo-quota-state: "a" is no JSON, was it edited?'),
  )
  await expect(stateOf(api, cluster).once('b', () => 1)).rejects.toThrow('"once.b" is no JSON')
})
