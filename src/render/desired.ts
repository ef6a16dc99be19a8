import { at } from '../json/path.ts'
import { fieldsOfControlPlane, keptObject, withoutUnsetEndpoint } from '../rules/patches.ts'
import type { TopologyParts } from './parts.ts'
import type { ClusterClass } from './read-cluster-class.ts'
import type { Item } from './types.ts'

/** Items as the controller takes them: without what it drops, and with the fields of a control plane that it sets itself. */
export function desiredItems(
  before: readonly Item[],
  items: readonly Item[],
  parts: TopologyParts,
  clusterClass: ClusterClass,
): Item[] {
  const set = fieldsSet(parts, clusterClass)
  return items.map((item, index) => {
    const first = before[index] ?? item
    // What the template itself has is set as well: the control plane begins as a copy of it.
    const ownFields = fieldsOfControlPlane.filter(
      (path) => at(first.object, ...path) !== undefined || set.has(path.slice(3).join('.')),
    )
    const object = keptObject(first, item.object, ownFields)
    return { ...item, object: withoutUnsetEndpoint(item, object) }
  })
}

// Fields below spec (computeControlPlane in exp/topology/desiredstate/desired_state.go).
function fieldsSet({ cluster, controlPlane }: TopologyParts, { spec }: ClusterClass): Set<string> {
  const { machines, contractVersion } = controlPlane
  const topology = cluster.spec.topology.controlPlane
  const isOld = contractVersion === 'v1beta1'
  const machineTemplate = isOld ? 'machineTemplate' : 'machineTemplate.spec'
  const has = (...path: string[]) =>
    [topology, spec.controlPlane].some((part) => (at(part, ...path) ?? null) !== null)
  const timeouts = ['nodeDrainTimeout', 'nodeVolumeDetachTimeout', 'nodeDeletionTimeout']
  // The other name is that of Clusters and ClusterClasses in v1beta1.
  const setTimeouts = timeouts.filter((name) => has('deletion', `${name}Seconds`) || has(name))
  return new Set([
    'version',
    ...(typeof topology?.replicas === 'number' ? ['replicas'] : []),
    ...(topology?.rollout?.after ? ['rollout.after'] : []),
    ...(machines ? ['machineTemplate.metadata', `${machineTemplate}.infrastructureRef`] : []),
    ...['readinessGates', 'taints']
      .filter((name) => has(name))
      .map((name) => `${machineTemplate}.${name}`),
    ...setTimeouts.map((name) =>
      isOld ? `${machineTemplate}.${name}` : `${machineTemplate}.deletion.${name}Seconds`,
    ),
  ])
}
