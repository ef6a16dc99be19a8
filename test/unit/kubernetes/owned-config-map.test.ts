import { expect, it } from 'vitest'
import { configMapLabels, configMapName, whose } from '../../../src/kubernetes/owned-config-map.ts'

const ownerOf = (name: string, kind = 'Cluster', labels = {}) => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind,
  name,
  namespace: 'default',
  metadata: { name, namespace: 'default', labels },
})

it.each([
  ['Cluster', 'demo', 'quota', 'demo-quota-state'],
  ['Cluster', 'demo.eu', 'quota', 'demo.eu-quota-state'],
  ['Machine', 'demo', 'quota', 'demo-machine-quota-state'],
  ['Cluster', 'demo', '@acme/quota', expect.stringMatching(/^demo-acme-quota-[0-9a-f]{16}-state$/)],
  ['Cluster', '../demo', 'quota', expect.stringMatching(/^demo-quota-[0-9a-f]{16}-state$/)],
  ['Cluster', '', '', expect.stringMatching(/^[0-9a-f]{16}-state$/)],
])('names the ConfigMap of a %s %s for %s', (kind, name, extension, expected) => {
  expect(configMapName(ownerOf(name, kind), extension)).toEqual(expected)
})

it('shortens a name to 253 characters that differ where the names do', () => {
  const name = (length: number, end: string) =>
    configMapName(ownerOf('a'.repeat(length) + end), 'q')
  expect(name(244, 'b')).toBe(`${'a'.repeat(244)}b-q-state`)
  expect(name(245, 'b')).toMatch(/^a{230}-[0-9a-f]{16}-state$/)
  expect(name(245, 'b')).not.toBe(name(245, 'c'))
  expect(configMapName(ownerOf('a.b'), '_')).not.toBe(configMapName(ownerOf('a.b'), '__'))
})

it('labels the ConfigMap with the Cluster where it is known', () => {
  const cluster = { 'cluster.x-k8s.io/cluster-name': 'demo' }
  const quota = { 'app.kubernetes.io/managed-by': 'quota' }
  expect(configMapLabels(ownerOf('demo'), 'quota')).toEqual({ ...quota, ...cluster })
  expect(configMapLabels(ownerOf('m', 'Machine', cluster), 'quota')).toEqual({
    ...quota,
    ...cluster,
  })
  expect(configMapLabels(ownerOf('m', 'Machine'), 'quota')).toEqual(quota)
  expect(configMapLabels(ownerOf('a'.repeat(64)), 'quota')).toEqual(quota)
  expect(configMapLabels(ownerOf('m', 'Machine'), `@acme/${'q'.repeat(57)}.q`)).toEqual({
    'app.kubernetes.io/managed-by': `acme-${'q'.repeat(57)}`,
  })
})

const owner = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  name: 'demo',
  uid: 'new',
  creationTimestamp: '2026-01-01T00:00:10Z',
}
const labels = { 'app.kubernetes.io/managed-by': 'quota' }
const reference = { apiVersion: 'cluster.x-k8s.io/v1beta1', kind: 'Cluster', name: 'demo' }

it.each([
  ['ours', 'it names our uid', {}, 'new', '2026-01-01T00:00:20Z'],
  ['ours', 'the ConfigMap was taken over', {}, 'new', '2026-01-01T00:00:05Z'],
  ['earlier', 'it is older than the object', {}, 'old', '2026-01-01T00:00:09Z'],
  ['other', 'it may be as old as the object', {}, 'old', '2026-01-01T00:00:10Z'],
  ['other', 'it is of a later object', {}, 'newer', '2026-01-01T00:00:20Z'],
  ['other', 'its owner is of another kind', { kind: 'Machine' }, 'old', '2026-01-01T00:00:05Z'],
  ['other', 'its owner has another name', { name: 'other' }, 'old', '2026-01-01T00:00:05Z'],
])('takes a ConfigMap for %s when %s', (expected, _, change, uid, creationTimestamp) => {
  const ownerReferences = [{ ...reference, ...change, uid }]
  const metadata = { name: 'demo-quota-state', labels, creationTimestamp, ownerReferences }
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata }
  expect(whose(configMap, owner, labels)).toBe(expected)
  const ofOther = { ...metadata, labels: { 'app.kubernetes.io/managed-by': 'other' } }
  expect(whose({ ...configMap, metadata: ofOther }, owner, labels)).toBe('other')
})

it('takes a ConfigMap without an owner for an earlier one when it is older', () => {
  const metadata = { name: 'demo-quota-state', labels, creationTimestamp: '2026-01-01T00:00:00Z' }
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata }
  expect(whose(configMap, owner, labels)).toBe('earlier')
  expect(whose(configMap, { ...owner, creationTimestamp: undefined }, labels)).toBe('other')
})
