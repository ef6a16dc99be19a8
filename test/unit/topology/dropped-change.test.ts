import { describe, expect, it } from 'vitest'
import { clone } from '../../../src/json/clone.ts'
import { diff } from '../../../src/json/diff.ts'
import type { JsonObject } from '../../../src/json/json.ts'
import { refuseDroppedChange } from '../../../src/topology/dropped-change.ts'

const holder = (kind: string, fieldPath: string) => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind,
  namespace: 'default',
  name: 'demo',
  fieldPath,
})
const holders = {
  infrastructureCluster: holder('Cluster', 'spec.infrastructureRef'),
  controlPlane: holder('Cluster', 'spec.controlPlaneRef'),
  machinePoolBootstrap: holder('MachinePool', 'spec.template.spec.bootstrap.configRef'),
  machinePool: holder('MachinePool', 'spec.template.spec.infrastructureRef'),
  bootstrap: holder('MachineDeployment', 'spec.template.spec.bootstrap.configRef'),
  machines: holder('MachineDeployment', 'spec.template.spec.infrastructureRef'),
  controlPlaneMachines: holder(
    'KubeadmControlPlane',
    'spec.machineTemplate.spec.infrastructureRef',
  ),
  controlPlaneMachinesV1Beta1: holder('AnyControlPlane', 'spec.machineTemplate.infrastructureRef'),
}
type Holder = keyof typeof holders
const all = Object.keys(holders) as Holder[]
// What becomes an object (patchObject in patches/patch.go), and what stays a template (patchTemplate).
const objects: Holder[] = [
  'infrastructureCluster',
  'controlPlane',
  'machinePoolBootstrap',
  'machinePool',
]
const templates = all.filter((name) => !objects.includes(name))
const workersAndInfrastructure = all.filter((name) => name !== 'controlPlane')

const ownership = {
  labels: {
    'cluster.x-k8s.io/cluster-name': 'demo',
    'topology.cluster.x-k8s.io/owned': '',
    'topology.cluster.x-k8s.io/deployment-name': 'md-0',
    'topology.cluster.x-k8s.io/pool-name': 'mp-0',
    mine: '1',
  },
  annotations: {
    'cluster.x-k8s.io/cloned-from-name': 'a',
    'cluster.x-k8s.io/cloned-from-groupkind': 'b',
    mine: '1',
  },
}
const original: JsonObject = {
  apiVersion: 'example.com/v1',
  kind: 'ExampleTemplate',
  metadata: { name: 'demo', namespace: 'default', ...ownership },
  spec: {
    other: 1,
    template: { metadata: { ...ownership, name: 'x' }, spec: { replicas: 1, list: [{ a: 1 }] } },
  },
}

/** Runs the check for what a patch makes of the original. */
function check(name: Holder, modified: JsonObject, from = original): void {
  refuseDroppedChange(from, modified, diff(from, modified), holders[name])
}

/** A copy with the value at a path, or without the path; objects on the way are made. */
function withValue(path: string[], value: unknown, from = original): JsonObject {
  const copy = clone(from)
  let object = copy
  for (const key of path.slice(0, -1)) {
    if (!isContainer(object[key])) object[key] = {}
    const inner = object[key]
    if (isContainer(inner)) object = inner
  }
  const last = path.at(-1) ?? ''
  if (value === undefined) delete object[last]
  else object[last] = value
  return copy
}

// A list is one, too: its items are fields.
const isContainer = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null

const spec = ['spec', 'template', 'spec']
const metadata = ['spec', 'template', 'metadata']
const inSpec = (path: string) => [...spec, ...path.split('.')]

// updateDesiredState and applyPatchToRequest in topology/cluster/patches/engine.go.
const table: [path: string[], takenFor: Holder[]][] = [
  [[...spec, 'new'], all],
  [[...spec, 'list', '0', 'a'], all],
  [[...metadata, 'labels', 'new'], all],
  [[...metadata, 'labels', 'mine'], all],
  [[...metadata, 'annotations', 'new'], all],
  [[...metadata, 'name'], []],
  [[...metadata, 'labels', 'cluster.x-k8s.io/cluster-name'], templates],
  [[...metadata, 'annotations', 'cluster.x-k8s.io/cloned-from-name'], templates],
  [['metadata', 'labels', 'new'], templates],
  [['metadata', 'annotations', 'mine'], templates],
  [['metadata', 'labels', 'topology.cluster.x-k8s.io/owned'], []],
  [['metadata', 'labels', 'topology.cluster.x-k8s.io/deployment-name'], []],
  [['metadata', 'labels', 'topology.cluster.x-k8s.io/pool-name'], []],
  [['metadata', 'annotations', 'cluster.x-k8s.io/cloned-from-groupkind'], []],
  [['metadata', 'name'], []],
  [['metadata', 'finalizers'], []],
  [['spec', 'other'], []],
  [['spec', 'template', 'new'], []],
  [['status', 'new'], []],
  [['kind'], []],
  ...[
    'replicas',
    'version',
    'rollout.after',
    'machineTemplate.metadata.labels.new',
    'machineTemplate.readinessGates',
    'machineTemplate.taints',
    'machineTemplate.infrastructureRef.name',
    'machineTemplate.nodeDrainTimeout',
    'machineTemplate.nodeVolumeDetachTimeout',
    'machineTemplate.nodeDeletionTimeout',
    'machineTemplate.spec.readinessGates',
    'machineTemplate.spec.taints',
    'machineTemplate.spec.infrastructureRef.name',
    'machineTemplate.spec.deletion.nodeDrainTimeoutSeconds',
    'machineTemplate.spec.deletion.nodeVolumeDetachTimeoutSeconds',
    'machineTemplate.spec.deletion.nodeDeletionTimeoutSeconds',
  ].map((path): [string[], Holder[]] => [inSpec(path), workersAndInfrastructure]),
  [inSpec('rollout.strategy.type'), all],
  [inSpec('rolloutAfter'), all],
  [inSpec('machineTemplate.spec.deletion.new'), all],
]

describe.each(table)('a change of %j', (path, takenFor) => {
  it.each(all)(`is ${takenFor.length === 0 ? 'dropped' : 'taken or dropped'} for %s`, (name) => {
    const run = () => check(name, withValue(path, 'new'))
    if (takenFor.includes(name)) expect(run).not.toThrow()
    else expect(run).toThrow('Cluster API would drop the change of /')
  })
})

describe('refuseDroppedChange', () => {
  it('names the path and what counts', () => {
    expect(() => check('machinePool', withValue(['metadata', 'labels', 'a/b'], 'new'))).toThrow(
      new Error(
        'Cluster API would drop the change of /metadata/labels/a~1b in silence: do not make it. Of this template only spec.template.spec, spec.template.metadata.labels, spec.template.metadata.annotations count, and there not what the topology controller sets itself',
      ),
    )
  })

  // CopyFields skips what is not found.
  it.each([
    ['/spec/template/metadata/labels', all],
    ['/spec/template/metadata/annotations', all],
    ['/spec/template/metadata', all],
    ['/spec/template/spec', all],
    ['/spec', all],
    ['/metadata/labels', templates],
  ])('refuses to take away all of %s', (path, names) => {
    const modified = withValue(path.split('/').slice(1), undefined)
    for (const name of names) expect(() => check(name, modified)).toThrow(`the change of ${path} `)
  })

  it("lets a map be emptied of what is not the controller's", () => {
    const path = ['metadata', 'labels']
    expect(() => check('machines', withValue(path, {}))).toThrow(
      'the change of /metadata/labels/cluster.x-k8s.io~1cluster-name ',
    )
    const from = withValue(path, { mine: '1' })
    expect(() => check('machines', withValue(path, {}, from), from)).not.toThrow()
  })

  it('refuses to empty a value', () => {
    for (const name of all)
      expect(() => check(name, withValue(['spec', 'other'], {}))).toThrow(
        'the change of /spec/other ',
      )
  })

  it.each([
    [undefined, { labels: { a: 'b' } }],
    [undefined, { labels: {}, annotations: {} }],
    [undefined, {}],
    [undefined, { name: undefined }],
    ['/ownerReferences/x/y', { labels: { a: 'b' }, ownerReferences: { x: { y: 1 } } }],
    ['/finalizers', { finalizers: [] }],
  ])('looks for %s in a parent that was not there', (dropped, value) => {
    const from = withValue(metadata, undefined)
    for (const name of all) {
      const run = () => check(name, withValue(metadata, value, from), from)
      if (dropped === undefined) expect(run).not.toThrow()
      else expect(run).toThrow(`the change of /spec/template/metadata${dropped} `)
    }
  })

  it('lets everything pass for a holder that it does not know', () => {
    const newer = holder('MachineDeployment', 'spec.template.spec.networkRef')
    const modified = { ...original, metadata: {} }
    expect(() =>
      refuseDroppedChange(original, modified, diff(original, modified), newer),
    ).not.toThrow()
  })
})
