import { describe, expect, it } from 'vitest'
import { kubeadmOf } from '../../../src/kubeadm/index.ts'
import { recordedOf } from '../../recorded/recorded.ts'

const spec = { files: [{ path: '/a' }] }
const kinds = [
  [
    'controlplane',
    'KubeadmControlPlaneTemplate',
    { spec: { template: { spec: { kubeadmConfigSpec: spec } } } },
  ],
  ['controlplane', 'KubeadmControlPlane', { spec: { kubeadmConfigSpec: spec } }],
  ['bootstrap', 'KubeadmConfigTemplate', { spec: { template: { spec } } }],
  ['bootstrap', 'KubeadmConfig', { spec }],
] as const

describe.each(['v1beta1', 'v1beta2'])('kubeadmOf in %s', (version) => {
  it.each(kinds)('finds the specification of a %s %s', (group, kind, object) => {
    const apiVersion = `${group}.cluster.x-k8s.io/${version}`
    const role = group === 'controlplane' ? 'control-plane' : 'worker'
    const kubeadm = kubeadmOf({ apiVersion, kind, metadata: { name: 'a' }, ...object })
    expect(kubeadm).toEqual({ version, role, spec })
    expect(kubeadm?.spec).toBe(spec)
  })
})

it('takes a KubeadmConfig with the label of control planes for one of theirs', () => {
  const apiVersion = 'bootstrap.cluster.x-k8s.io/v1beta2'
  const labels = { 'cluster.x-k8s.io/control-plane': '' }
  const object = { apiVersion, kind: 'KubeadmConfig', metadata: { name: 'a', labels }, spec }
  expect(kubeadmOf(object)?.role).toBe('control-plane')
  const [recorded] = recordedOf('CanUpdateMachine')
  const config = Object(recorded?.request['current']).bootstrapConfig
  expect(kubeadmOf(config)).toEqual({
    version: 'v1beta2',
    role: 'control-plane',
    spec: config.spec,
  })
})

it('makes a specification where there is none', () => {
  const apiVersion = 'controlplane.cluster.x-k8s.io/v1beta2'
  const object = { apiVersion, kind: 'KubeadmControlPlaneTemplate', spec: { template: {} } }
  const kubeadm = kubeadmOf(object)
  expect(object.spec.template).toEqual({ spec: { kubeadmConfigSpec: {} } })
  expect(Object(object.spec.template).spec.kubeadmConfigSpec).toBe(kubeadm?.spec)
})

it.each([
  ['bootstrap.cluster.x-k8s.io/v1beta3', 'KubeadmConfig'],
  ['bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlane'],
  ['controlplane.cluster.x-k8s.io/v1beta2', 'K0sControlPlane'],
  [undefined, 'toString'],
])('knows no %s %s', (apiVersion, kind) => {
  const object = { apiVersion, kind, spec }
  expect(kubeadmOf(object)).toBeUndefined()
  expect(object).toEqual({ apiVersion, kind, spec })
})
