import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json/json.ts'
import { checkCanUpdate } from '../../../src/rules/in-place.ts'
import { checkPatches } from '../../../src/rules/patches.ts'
import { machineOf } from '../../../src/testing/machine.ts'
import { machineSetOf } from '../../../src/testing/machine-set.ts'
import { topologyOf } from '../../../src/testing/topology.ts'
import { encode } from '../dev/simulator/fake-extension.ts'

const { items } = topologyOf({
  templates: {
    controlPlane: {
      spec: { template: { spec: { kubeadmConfigSpec: { format: 'cloud-config' } } } },
    },
  },
})
const roles = [
  'cluster',
  'control plane',
  'control plane machines',
  'bootstrap',
  'machines',
] as const

/** What the patch of one item is found to break, and the object that comes out. */
function check(role: (typeof roles)[number], patchType: string, patch: unknown) {
  const item = items[roles.indexOf(role)]
  const answer = { items: [{ uid: item?.uid, ...encode(patchType, patch) }] }
  const { items: patched, findings } = checkPatches(items, answer)
  return {
    rules: findings.map(({ rule }) => rule),
    details: findings.map(({ detail }) => detail),
    object: patched[roles.indexOf(role)]?.object,
  }
}

const spec = (content: JsonObject) => ({ spec: { template: { spec: content } } })
const templateMetadata = (content: JsonObject) => ({ spec: { template: { metadata: content } } })
const machineTemplate = (content: JsonObject) => spec({ machineTemplate: content })
const labels = { labels: { mine: 'x' } }
const annotations = { annotations: { mine: 'x' } }
const clusterName = { labels: { 'cluster.x-k8s.io/cluster-name': 'mine' } }
const topologyName = { labels: { 'topology.cluster.x-k8s.io/deployment-name': 'mine' } }
const clonedFrom = { annotations: { 'cluster.x-k8s.io/cloned-from-name': 'mine' } }
const [kept, dropped, overridden] = [[], ['patch-dropped'], ['patch-overridden']]

describe('the controller', () => {
  it.each([
    ['cluster', spec({ a: 1 }), kept],
    ['cluster', templateMetadata(labels), kept],
    ['cluster', templateMetadata(annotations), kept],
    ['cluster', { metadata: labels }, dropped],
    ['cluster', { metadata: annotations }, dropped],
    ['cluster', { spec: { a: 1 } }, dropped],
    ['cluster', { status: { a: 1 } }, dropped],
    ['cluster', { status: {} }, kept],
    ['cluster', { spec: { template: { spec: { a: {} } } }, status: { a: { b: {} } } }, kept],
    ['cluster', { metadata: { name: 'mine' } }, dropped],
    ['cluster', { kind: 'Mine' }, dropped],
    ['cluster', templateMetadata(clusterName), dropped],
    ['cluster', templateMetadata({ labels: { 'topology.cluster.x-k8s.io/owned': null } }), dropped],
    ['cluster', templateMetadata(clonedFrom), dropped],
    // It has no such label to protect here.
    ['cluster', templateMetadata(topologyName), kept],

    ['control plane', spec({ kubeadmConfigSpec: { a: 1 } }), kept],
    ['control plane', templateMetadata(labels), kept],
    ['control plane', { metadata: labels }, dropped],
    ['control plane', { spec: { template: { spec: null } } }, dropped],
    ['control plane', spec({ replicas: 3 }), dropped],
    ['control plane', spec({ version: 'v1.30.0' }), dropped],
    ['control plane', machineTemplate({ metadata: labels }), dropped],
    ['control plane', machineTemplate({ infrastructureRef: { name: 'mine' } }), dropped],
    ['control plane', machineTemplate({ spec: { infrastructureRef: { name: 'mine' } } }), dropped],
    ['control plane', spec({ rollout: { after: '2026-01-01T00:00:00Z' } }), overridden],
    ['control plane', machineTemplate({ readinessGates: [1] }), overridden],
    ['control plane', machineTemplate({ spec: { readinessGates: [1] } }), overridden],
    ['control plane', machineTemplate({ spec: { taints: [1] } }), overridden],
    ['control plane', machineTemplate({ nodeDrainTimeout: '10s' }), overridden],
    [
      'control plane',
      machineTemplate({ spec: { deletion: { nodeVolumeDetachTimeoutSeconds: 1 } } }),
      overridden,
    ],

    ['control plane machines', { metadata: labels }, kept],
    ['control plane machines', { metadata: annotations }, kept],
    ['control plane machines', { metadata: clusterName }, dropped],
    ['control plane machines', { metadata: clonedFrom }, dropped],
    ['control plane machines', templateMetadata(labels), kept],
    ['control plane machines', spec({ replicas: 3 }), kept],
    ['bootstrap', { metadata: labels }, kept],
    ['bootstrap', { metadata: topologyName }, dropped],
    ['machines', spec({ a: 1 }), kept],
    ['machines', { metadata: labels, spec: { a: 1 } }, dropped],
  ] as const)('of the %s: %j', (role, patch, expected) => {
    expect(check(role, 'JSONMergePatch', patch).rules).toEqual(expected)
  })

  it('knows MachinePools', () => {
    const label = 'topology.cluster.x-k8s.io/pool-name'
    const holderReference = {
      apiVersion: 'cluster.x-k8s.io/v1beta2',
      kind: 'MachinePool',
      namespace: 'default',
      name: 'demo-mp-0',
      fieldPath: 'spec.template.spec.infrastructureRef',
    }
    const object = { kind: 'Pool', ...templateMetadata({ labels: { [label]: 'mp-0' } }) }
    const rulesOf = (patch: JsonObject) => {
      const pool = { uid: 'pool', holderReference, object }
      const answer = { items: [{ uid: 'pool', ...encode('JSONMergePatch', patch) }] }
      return checkPatches([pool], answer).findings.map(({ rule }) => rule)
    }
    expect(rulesOf(templateMetadata(labels))).toEqual(kept)
    expect(rulesOf({ metadata: labels })).toEqual(dropped)
    expect(rulesOf(templateMetadata({ labels: { [label]: 'mine' } }))).toEqual(dropped)
  })

  it('names the paths that it drops', () => {
    const { details } = check('cluster', 'JSONMergePatch', { spec: { a: 1 }, metadata: labels })
    expect(details).toEqual(['DevClusterTemplate of Cluster: metadata.labels.mine, spec.a'])
  })

  it('keeps the rest of a patch of which it drops a part', () => {
    const patch = { ...spec({ a: 1 }), status: { b: 2 } }
    const { object } = check('cluster', 'JSONMergePatch', patch)
    expect(object).toMatchObject({ spec: { template: { spec: { a: 1 } } } })
    expect(object).not.toHaveProperty('status')
  })
})

describe('a patch', () => {
  const path = '/spec/template/spec/a'
  it.each([
    ['JSONPatch', [{ op: 'add', path, value: 1 }], []],
    ['JSONPatch', [], []],
    ['JSONPatch', null, []],
    ['JSONPatch', {}, ['patch-format']],
    ['JSONMergePatch', {}, []],
    ['JSONMergePatch', [], ['patch-format']],
    ['JSONPatch', [{ op: 'add', path: `${path}/b`, value: 1 }], ['patch-apply']],
    ['JSONPatch', [{ op: 'remove', path }], ['patch-apply']],
    ['JSONPatch', [{ op: 'replace', path, value: 1 }], ['patch-apply']],
    ['JSONPatch', [{ op: 'increment', path }], ['patch-apply']],
    ['JSONPatch', [{ op: 'add', path: 'spec', value: 1 }], ['patch-apply']],
    ['JSONPatch', [{ op: 'remove', path: '/kind' }], ['patch-apply']],
    ['Patch', [], ['patch-format']],
  ])('%s %j', (patchType, patch, expected) => {
    expect(check('machines', patchType, patch).rules).toEqual(expected)
  })

  it('is no JSON', () => {
    const broken = { uid: items[0]?.uid, patchType: 'JSONPatch', patch: btoa('[') }
    const { findings } = checkPatches(items, { items: [broken] })
    expect(findings.map(({ rule }) => rule)).toEqual(['patch-format'])
  })

  it('comes on top of one before it', () => {
    const uid = items[0]?.uid
    const add = (name: string, parent: string) =>
      encode('JSONPatch', [{ op: 'add', path: `/spec/template/spec/${parent}`, value: { name } }])
    const answer = {
      items: [
        { uid, ...add('a', 'a') },
        { uid, ...add('b', 'a/b') },
      ],
    }
    const { items: patched, findings } = checkPatches(items, answer)
    expect(findings).toEqual([])
    expect(patched[0]?.object).toMatchObject(spec({ a: { name: 'a', b: { name: 'b' } } }))
  })

  it('leaves the items of the request as they were', () => {
    const before = structuredClone(items)
    check('machines', 'JSONPatch', [{ op: 'add', path, value: 1 }])
    expect(items).toEqual(before)
  })
})

describe('in place', () => {
  const machineWith = (version: string, content: string) =>
    machineOf({ version, bootstrapConfig: { spec: { files: [{ path: '/etc/motd', content }] } } })
  const set = {
    current: machineSetOf({ version: 'v1.34.0' }),
    desired: machineSetOf({ version: 'v1.36.4' }),
  }
  const machine = {
    current: machineWith('v1.34.0', 'old'),
    desired: machineWith('v1.36.4', 'new'),
  }

  const version = { spec: { template: { spec: { version: 'v1.36.4' } } } }
  it.each([
    ['CanUpdateMachineSet', set, {}, ['MachineSet spec.template.spec.version'], []],
    ['CanUpdateMachineSet', set, { machineSetPatch: encode('JSONMergePatch', version) }, [], []],
    [
      'CanUpdateMachineSet',
      set,
      { machineSetPatch: {} },
      ['MachineSet spec.template.spec.version'],
      [],
    ],
    [
      'CanUpdateMachineSet',
      set,
      { machineSetPatch: encode('JSONMergePatch', { ...version, metadata: { name: 'x' } }) },
      [],
      ['patch-dropped'],
    ],
    [
      'CanUpdateMachineSet',
      set,
      { machineSetPatch: encode('JSONPatch', [{ op: 'remove', path: '/a' }]) },
      ['MachineSet spec.template.spec.version'],
      ['patch-apply'],
    ],
    [
      'CanUpdateMachine',
      machine,
      {
        machinePatch: encode('JSONMergePatch', { spec: { version: 'v1.36.4' } }),
        infrastructureMachinePatch: encode('JSONMergePatch', { status: {} }),
      },
      ['KubeadmConfig spec.files[0].content'],
      [],
    ],
  ])('%s leaves over what the patches do not reach', (hook, request, answer, left, broken) => {
    const { leftOver, findings } = checkCanUpdate(hook, request, answer)
    expect(leftOver).toEqual(left)
    expect(findings.map(({ rule }) => rule)).toEqual(broken)
  })

  it('does not count what a Machine gets anyway', () => {
    const desired = machineOf({
      spec: { deletion: { nodeDeletionTimeoutSeconds: 99 }, providerID: 'other' },
    })
    expect(desired).not.toEqual(machineOf())
    const request = { current: machineOf(), desired }
    expect(checkCanUpdate('CanUpdateMachine', request, {}).leftOver).toEqual([])
  })
})
