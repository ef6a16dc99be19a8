import type { HolderReference, Variable } from '../contract/topology.ts'
import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, joinPath, withValue } from '../json/path.ts'
import { applyPatch, copyFields, droppedPaths, listPaths } from './apply-patch.ts'
import { type Finding, finding } from './table.ts'

/** A template in a GeneratePatches request. */
export interface ItemOfRequest {
  readonly uid: string
  readonly holderReference: HolderReference
  readonly object: JsonObject
  readonly variables?: readonly Variable[] | null | undefined
}

type Path = readonly string[]

const template: Path = ['spec', 'template']
const controlPlane: Path = [...template, 'spec']
const machineTemplate: Path = [...controlPlane, 'machineTemplate']
const endpoint: Path = [...controlPlane, 'controlPlaneEndpoint']
const metadataFields = (path: Path) => [
  [...path, 'metadata', 'labels'],
  [...path, 'metadata', 'annotations'],
]

// What an item's patches may change while other patches of the ClusterClass still see it.
const seenByOthers: Path[] = [['spec'], ...metadataFields([])]
// What reaches the Cluster: `patchObject` and `patchTemplate` in patches/patch.go.
const keptOfObject: Path[] = [[...template, 'spec'], ...metadataFields(template)]
const keptOfTemplate: Path[] = [...keptOfObject, ...metadataFields([])]

// The controller's own labels and annotations, and fields of the control plane: patches/engine.go.
const ownLabels = [
  'cluster.x-k8s.io/cluster-name',
  'topology.cluster.x-k8s.io/owned',
  'topology.cluster.x-k8s.io/deployment-name',
  'topology.cluster.x-k8s.io/pool-name',
]
const ownMetadata: Path[] = [
  ...ownLabels.map((label) => ['labels', label]),
  ['annotations', 'cluster.x-k8s.io/cloned-from-name'],
  ['annotations', 'cluster.x-k8s.io/cloned-from-groupkind'],
]
const ownOfControlPlane: Path[] = [
  [...controlPlane, 'replicas'],
  [...controlPlane, 'version'],
  [...machineTemplate, 'metadata'],
  [...machineTemplate, 'infrastructureRef'],
  [...machineTemplate, 'spec', 'infrastructureRef'],
]
const timeouts = ['nodeDrainTimeout', 'nodeVolumeDetachTimeout', 'nodeDeletionTimeout']
const overriddenOfControlPlane: Path[] = [
  [...controlPlane, 'rollout', 'after'],
  ...['readinessGates', 'taints', ...timeouts].map((field) => [...machineTemplate, field]),
  ...['readinessGates', 'taints'].map((field) => [...machineTemplate, 'spec', field]),
  ...timeouts.map((field) => [...machineTemplate, 'spec', 'deletion', `${field}Seconds`]),
]

/** Fields of a control plane that the topology sets, some of them only where Cluster or ClusterClass have them. */
export const fieldsOfControlPlane: readonly Path[] = [
  ...ownOfControlPlane,
  ...overriddenOfControlPlane,
]

/** The items after the patches of one GeneratePatches answer, and the rules that it breaks. */
export function checkPatches<Item extends ItemOfRequest>(
  items: readonly Item[],
  answer: JsonObject,
): { items: Item[]; findings: Finding[] } {
  const patchedItems = new Map(items.map((item) => [item.uid, item]))
  const findings: Finding[] = []
  const patches = Array.isArray(answer['items']) ? answer['items'].filter(isObject) : []
  for (const patch of patches) {
    const item = patchedItems.get(String(patch['uid'] ?? ''))
    if (item === undefined) {
      findings.push(finding('patch-uid', `no item has the uid "${patch['uid'] ?? ''}"`))
      continue
    }
    const where = `${item.object['kind']} of ${item.holderReference.kind}`
    const applied = applyPatch(item.object, patch)
    if ('finding' in applied) {
      const { rule, detail } = applied.finding
      findings.push(finding(rule, `${where}: ${detail}`))
      continue
    }
    findings.push(...checkKept(item, applied.object, where))
    patchedItems.set(item.uid, {
      ...item,
      object: copyFields(item.object, applied.object, seenByOthers),
    })
  }
  return { items: [...patchedItems.values()], findings }
}

/** The same request in another order and with other uids. */
export function shuffle(items: readonly ItemOfRequest[], uid: () => string): ItemOfRequest[] {
  return items.toReversed().map((item) => ({ ...item, uid: uid() }))
}

/** Two answers to the same items must make the same of them. */
export function checkSamePatches(
  first: readonly ItemOfRequest[],
  again: readonly ItemOfRequest[],
): Finding[] {
  return first.flatMap(({ holderReference, object }) => {
    const other = again.find(
      (item) => differences(item.holderReference, holderReference).length === 0,
    )
    const paths = differences(object, other?.object)
    if (paths.length === 0) return []
    const where = `${object['kind']} of ${holderReference.kind}`
    return [finding('patch-changing', `${where}: ${listPaths(paths)}`)]
  })
}

/** Whether the controller makes an object of the template, and does not keep a template. */
export const becomesObject = ({ holderReference: { kind } }: ItemOfRequest): boolean =>
  kind === 'Cluster' || kind === 'MachinePool'

/** The part of a template that reaches the Cluster: without what the topology always sets itself. */
export function partThatCounts(item: ItemOfRequest): JsonObject {
  const fields = becomesObject(item) ? keptOfObject : keptOfTemplate
  const own = isControlPlane(item) ? ownOfControlPlane : []
  return withoutUnsetEndpoint(item, own.reduce(without, copyFields({}, item.object, fields)))
}

/**
 * Without the endpoint that v1beta1 writes where nobody set one: the controller leaves it to the provider (IgnorePaths in
 * internal/contract/infrastructure_cluster.go and internal/contract/controlplane.go).
 */
export function withoutUnsetEndpoint(item: ItemOfRequest, object: JsonObject): JsonObject {
  if (item.holderReference.kind !== 'Cluster') return object
  const unset = [
    [[...endpoint, 'host'], ''],
    [[...endpoint, 'port'], 0],
  ] as const
  return unset
    .filter(([path, value]) => at(object, ...path) === value)
    .reduce((rest, [path]) => without(rest, path), object)
}

/** Labels that the controller sets itself, whatever patches say; as paths such as `metadata.labels["a/b"]`. */
export function ownLabelPaths(item: ItemOfRequest): string[] {
  const metadata = becomesObject(item) ? [...template, 'metadata'] : ['metadata']
  return ownLabels.map((label) => [...metadata, 'labels', label].reduce(joinPath, ''))
}

/** Without the field, and without the objects around it when nothing else was in them. */
function without(object: JsonObject, path: Path): JsonObject {
  if (at(object, ...path) === undefined) return object
  const rest = withValue(object, path, undefined)
  const parent = path.slice(0, -1)
  const value = at(rest, ...parent)
  return parent.length > 0 && isObject(value) && Object.keys(value).length === 0
    ? without(rest, parent)
    : rest
}

function checkKept(item: ItemOfRequest, patched: JsonObject, where: string): Finding[] {
  const kept = keptObject(item, patched)
  const dropped = droppedPaths(patched, kept)
  const overridden = overriddenOfControlPlane.filter(
    (path) =>
      isControlPlane(item) &&
      differences(at(item.object, ...path), at(patched, ...path)).length > 0,
  )
  const names = overridden.map((path) => path.reduce(joinPath, ''))
  return [
    ...(dropped.length > 0 ? [finding('patch-dropped', `${where}: ${listPaths(dropped)}`)] : []),
    ...(names.length > 0 ? [finding('patch-overridden', `${where}: ${listPaths(names)}`)] : []),
  ]
}

/** Whether an item is the template of a control plane. */
export function isControlPlane({ holderReference: { kind, fieldPath } }: ItemOfRequest): boolean {
  return kind === 'Cluster' && fieldPath === 'spec.controlPlaneRef'
}

/**
 * A patched template as the controller takes it: without what it drops (updateDesiredState in patches/engine.go).
 *
 * @param ownFields Of a control plane: the fields that the topology sets itself.
 */
export function keptObject(
  item: ItemOfRequest,
  patched: JsonObject,
  ownFields: readonly Path[] = ownOfControlPlane,
): JsonObject {
  const { object } = item
  const metadata = becomesObject(item) ? [...template, 'metadata'] : ['metadata']
  const own = ownMetadata
    .map((path) => [...metadata, ...path])
    .filter((path) => at(object, ...path) !== undefined)
  const fields = isControlPlane(item) ? ownFields : []
  return [...own, ...fields].reduce(
    (kept, path) => withValue(kept, path, at(object, ...path)),
    copyFields(object, patched, becomesObject(item) ? keptOfObject : keptOfTemplate),
  )
}
