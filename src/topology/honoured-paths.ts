import type { HolderReference } from '../contract/topology.ts'
import { pointerTo } from '../json/path.ts'

/** The keys that lead to a field. */
export type Path = readonly string[]

/** What the controller takes from a patched template. */
export interface HonouredPaths {
  /** It copies these, each as a whole, and nothing else. */
  readonly honoured: readonly Path[]
  /** Below these it puts its own value back. */
  readonly preserved: readonly Path[]
  /** The same as JSON Pointers: for the part below each honoured path, what is preserved there. */
  readonly below: readonly { readonly prefix: string; readonly preserved: readonly string[] }[]
}

function honouredPaths(honoured: Path[], preserved: Path[]): HonouredPaths {
  const pointer = (path: Path) => path.map(pointerTo).join('')
  const below = honoured.map((path) => {
    const prefix = `${pointer(path)}/`
    return { prefix, preserved: preserved.map(pointer).filter((own) => own.startsWith(prefix)) }
  })
  return { honoured, preserved, below }
}

const spec = ['spec', 'template', 'spec']
const metadata = ['spec', 'template', 'metadata']
const labelsAndAnnotations = (path: Path) => ['labels', 'annotations'].map((key) => [...path, key])
const ownership = (path: Path) => [
  [...path, 'labels', 'cluster.x-k8s.io/cluster-name'],
  [...path, 'labels', 'topology.cluster.x-k8s.io/owned'],
  [...path, 'labels', 'topology.cluster.x-k8s.io/deployment-name'],
  [...path, 'labels', 'topology.cluster.x-k8s.io/pool-name'],
  [...path, 'annotations', 'cluster.x-k8s.io/cloned-from-name'],
  [...path, 'annotations', 'cluster.x-k8s.io/cloned-from-groupkind'],
]
// What a Cluster's spec.topology sets, in both contracts (internal/contract/controlplane.go).
const ofControlPlane = [
  'replicas',
  'version',
  'rollout.after',
  'machineTemplate.metadata',
  'machineTemplate.readinessGates',
  'machineTemplate.taints',
  'machineTemplate.infrastructureRef',
  'machineTemplate.nodeDrainTimeout',
  'machineTemplate.nodeVolumeDetachTimeout',
  'machineTemplate.nodeDeletionTimeout',
  'machineTemplate.spec.readinessGates',
  'machineTemplate.spec.taints',
  'machineTemplate.spec.infrastructureRef',
  'machineTemplate.spec.deletion.nodeDrainTimeoutSeconds',
  'machineTemplate.spec.deletion.nodeVolumeDetachTimeoutSeconds',
  'machineTemplate.spec.deletion.nodeDeletionTimeoutSeconds',
].map((path) => [...spec, ...path.split('.')])

const ofObject = [spec, ...labelsAndAnnotations(metadata)]
// A template that becomes one object, whose spec and metadata it holds (patchObject).
const object = honouredPaths(ofObject, ownership(metadata))
const controlPlane = honouredPaths(ofObject, [...ownership(metadata), ...ofControlPlane])
// A template that stays one, with metadata of its own (patchTemplate).
const ownMetadata = ['metadata']
const template = honouredPaths(
  [...ofObject, ...labelsAndAnnotations(ownMetadata)],
  ownership(ownMetadata),
)

const byHolder: Record<string, HonouredPaths> = {
  'Cluster spec.infrastructureRef': object,
  'Cluster spec.controlPlaneRef': controlPlane,
  'MachineDeployment spec.template.spec.bootstrap.configRef': template,
  'MachineDeployment spec.template.spec.infrastructureRef': template,
  'MachinePool spec.template.spec.bootstrap.configRef': object,
  'MachinePool spec.template.spec.infrastructureRef': object,
}

/**
 * Where a control plane of any kind holds its machine template: in the contracts v1beta1 and
 * v1beta2.
 */
export const controlPlaneMachineFieldPaths: readonly string[] = [
  'spec.machineTemplate.infrastructureRef',
  'spec.machineTemplate.spec.infrastructureRef',
]

/**
 * What the controller takes from a patch of the template that this holder has; undefined for a
 * holder that Cluster API v1.14 does not know (updateDesiredState in
 * topology/cluster/patches/engine.go).
 */
export function honouredPathsOf({ kind, fieldPath }: HolderReference): HonouredPaths | undefined {
  if (controlPlaneMachineFieldPaths.includes(fieldPath)) return template
  return byHolder[`${kind} ${fieldPath}`]
}
