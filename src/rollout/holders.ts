import type { Variable } from '../contract/topology.ts'
import { at } from '../json/path.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import { holderOf } from '../topology/holder.ts'
import { controlPlaneMachineFieldPaths } from '../topology/honoured-paths.ts'
import { byName } from '../topology/variable-values.ts'

/** The templates of one part of a Cluster. */
export interface HolderItems {
  readonly cluster: string
  readonly holder: string
  readonly kind: 'control plane' | 'infrastructure cluster' | 'MachineDeployment' | 'MachinePool'
  readonly pairs: readonly Pair[]
  readonly replicas: number | undefined
}

/** A template before and after. */
export interface Pair {
  readonly before: ItemOfRequest | undefined
  readonly after: ItemOfRequest | undefined
}

/** The items of two requests about one Cluster by holder, in the order of the first. */
export function holdersOf(
  before: readonly ItemOfRequest[],
  after: readonly ItemOfRequest[],
  globalVariables: readonly Variable[],
): HolderItems[] {
  const cluster = clusterOf([...before, ...after], globalVariables)
  const places = new Map<string, { before?: ItemOfRequest; after?: ItemOfRequest }>()
  for (const [side, items] of [
    ['before', before],
    ['after', after],
  ] as const)
    for (const item of items) {
      const place = placeOf(item)
      places.set(place, { ...places.get(place), [side]: item })
    }
  const holders = Map.groupBy(places.values(), (pair) => holderNameOf(itemOf(pair)))
  return [...holders].map(([holder, pairs]) => ({
    cluster,
    holder,
    kind: kindOf(itemOf(pairs[0] ?? {})),
    pairs: pairs.map(({ before, after }) => ({ before, after })),
    replicas: replicasOf(pairs.map(itemOf)),
  }))
}

const itemOf = ({ before, after }: { before?: ItemOfRequest; after?: ItemOfRequest }) => {
  const item = after ?? before
  if (item === undefined) throw new RangeError('a pair without an item')
  return item
}

function kindOf({ holderReference: { kind, fieldPath } }: ItemOfRequest): HolderItems['kind'] {
  if (kind === 'MachineDeployment' || kind === 'MachinePool') return kind
  return fieldPath === 'spec.infrastructureRef' ? 'infrastructure cluster' : 'control plane'
}

/** Names of holders are generated: only those that the topology gives tell what belongs together. */
export function holderNameOf(item: ItemOfRequest): string {
  const kind = kindOf(item)
  if (kind !== 'MachineDeployment' && kind !== 'MachinePool') return kind
  const { topologyName, name } = holderOf(item)
  return `${kind} ${topologyName ?? name}`
}

function placeOf(item: ItemOfRequest): string {
  const { fieldPath } = item.holderReference
  // The two contracts of control planes have the reference in different fields.
  const isMachines = controlPlaneMachineFieldPaths.includes(fieldPath)
  return `${holderNameOf(item)} ${isMachines ? 'machines' : fieldPath}`
}

function clusterOf(items: readonly ItemOfRequest[], globalVariables: readonly Variable[]): string {
  const cluster = at(byName(globalVariables), 'builtin', 'cluster')
  const reference = items.find(({ holderReference }) => holderReference.kind === 'Cluster')
  const namespace = at(cluster, 'namespace') ?? reference?.holderReference.namespace
  const name = at(cluster, 'name') ?? reference?.holderReference.name
  return `${namespace ?? ''}/${name ?? ''}`
}

function replicasOf(items: readonly ItemOfRequest[]): number | undefined {
  for (const { variables } of items) {
    const builtin = at(byName(variables), 'builtin')
    for (const key of ['controlPlane', 'machineDeployment', 'machinePool']) {
      const replicas = at(builtin, key, 'replicas')
      if (typeof replicas === 'number') return replicas
    }
  }
  return undefined
}
