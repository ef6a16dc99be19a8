// Stored objects of a Cluster (core/reconcilers/topology/cluster/current_state.go).
import { type JsonObject, objectAt } from '../json/json.ts'
import { at } from '../json/path.ts'
import { groupOf } from './metadata.ts'
import type { Template, TopologyCluster, WorkersKind } from './parts.ts'
import { objectOf, topologyNameLabels } from './places.ts'

type Objects = readonly JsonObject[]

/** The control plane that the Cluster refers to, or the only one with its labels. */
export function storedControlPlane(objects: Objects, cluster: TopologyCluster, template: Template) {
  const { apiVersion, kind } = objectOf(template)
  const name = cluster.spec.controlPlaneRef?.name
  return objects.find(
    (object) =>
      object['kind'] === kind &&
      groupOf(String(object['apiVersion'])) === groupOf(apiVersion) &&
      (name === undefined ? isOf(object, cluster) : at(object, 'metadata', 'name') === name),
  )
}

/** The MachineDeployment or MachinePool of a name in the topology. */
export function storedWorkers(
  objects: Objects,
  cluster: TopologyCluster,
  kind: WorkersKind,
  topologyName: string,
) {
  return objects.find(
    (object) =>
      object['kind'] === kind &&
      isOf(object, cluster) &&
      at(object, 'metadata', 'labels', topologyNameLabels[kind]) === topologyName,
  )
}

function isOf(object: JsonObject, { metadata: { name, namespace } }: TopologyCluster): boolean {
  const labels = objectAt(object, ['metadata', 'labels'])
  return (
    labels?.['cluster.x-k8s.io/cluster-name'] === name &&
    labels['topology.cluster.x-k8s.io/owned'] !== undefined &&
    [undefined, namespace].includes(textAt(object, 'metadata', 'namespace'))
  )
}

/** The text at a path of a stored object. */
export function textAt(object: JsonObject | undefined, ...path: readonly string[]) {
  const value = at(object, ...path)
  return typeof value === 'string' && value !== '' ? value : undefined
}
