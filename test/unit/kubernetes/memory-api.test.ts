import { expect, it } from 'vitest'
import { memoryApi } from '../../../src/kubernetes/memory-api.ts'

// test/manifests runs the same steps against the real API server.
const cluster = (name: string, labels: Record<string, string> = {}, namespace = 'default') => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  metadata: { name, namespace, labels, resourceVersion: '345', uid: name },
  spec: { paused: true },
})
const demo = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  namespace: 'default',
  name: 'demo',
}

it('has the objects that it is given, and does not change them', async () => {
  const given = cluster('demo')
  const api = memoryApi([given])
  expect(await api.get(demo)).toEqual({
    ...given,
    metadata: { ...given.metadata, creationTimestamp: expect.stringMatching(/^[\d-]+T[\d:]+Z$/) },
  })
  const patch = { metadata: { resourceVersion: '345' }, spec: { paused: null } }
  expect(await api.patch(demo, patch)).toMatchObject({ spec: {} })
  expect(await api.patch(demo, patch)).toBe('Conflict')
  expect(given.spec).toEqual({ paused: true })
  const got = await api.get(demo)
  Object.assign(got ?? {}, { spec: 'changed' })
  expect(await api.get(demo)).toMatchObject({ spec: {} })
  expect(await api.get({ ...demo, kind: 'Machine' })).toBeUndefined()
})

it.each([
  ['', 'abc'],
  ['a=1', 'a'],
  ['a==1', 'a'],
  ['a!=1', 'bc'],
  ['a', 'ab'],
  ['!a', 'c'],
  ['a in (1, 2), b', 'b'],
  ['a notin (2)', 'ac'],
  ['a=1,b', ''],
  ['x.y/z=', 'c'],
])('lists what fits "%s"', async (labelSelector, names) => {
  const [a, b] = [cluster('a', { a: '1' }), cluster('b', { a: '2', b: '' })]
  const api = memoryApi([a, b, cluster('c', { 'x.y/z': '' }), cluster('d', {}, 'other')])
  const { apiVersion, kind, namespace } = demo
  const found = await api.list({ apiVersion, kind, namespace, labelSelector })
  expect(found.map(({ metadata }) => metadata.name).join('')).toBe(names)
})

it('lists all namespaces, and refuses what is no selector', async () => {
  const api = memoryApi([cluster('a'), cluster('b', {}, 'other')])
  const { apiVersion, kind } = demo
  expect(await api.list({ apiVersion, kind })).toHaveLength(2)
  for (const labelSelector of ['a=b=c', '!a=b', 'a in', 'a in (b'])
    await expect(api.list({ apiVersion, kind, labelSelector })).rejects.toThrow(
      `"${labelSelector}" is no label selector`,
    )
})

it('needs to know what an object is', () => {
  expect(() => memoryApi([{ ...cluster('demo'), kind: null }])).toThrow(
    '"demo" has no apiVersion or no kind',
  )
})

it('keeps objects without a namespace, and what cannot be changed', async () => {
  const api = memoryApi()
  const created = await api.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'team' },
  })
  const team = { apiVersion: 'v1', kind: 'Namespace', name: 'team' }
  expect(await api.patch(team, {})).toEqual(created)
  const renamed = await api.patch(team, {
    metadata: { name: 'other', uid: 'other', labels: { a: 'b' } },
  })
  const { uid } = Object(created).metadata
  expect(renamed).toMatchObject({ metadata: { name: 'team', uid, labels: { a: 'b' } } })
  expect(await api.get(team)).toEqual(renamed)
})
