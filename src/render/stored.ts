// Stored objects of a Cluster (core/reconcilers/topology/cluster/current_state.go).
import { type JsonObject, objectAt } from '../json/json.ts'
import { at } from '../json/path.ts'
import { groupOf } from './metadata.ts'
import type { ContractVersion, Template, TopologyCluster, WorkersKind } from './parts.ts'
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

/**
 * The contract that a kind of control plane keeps. The labels of its definition say so
 * (GetContractVersionForVersion in internal/contract/version.go); without them its own version is taken for it.
 */
export function contractVersionOf(
  template: Template,
  objects: Objects,
): ContractVersion | undefined {
  const { apiVersion, kind } = objectOf(template)
  const [group = '', version = ''] = apiVersion.split('/')
  const definition = objects.find(
    (object) =>
      object['kind'] === 'CustomResourceDefinition' &&
      at(object, 'spec', 'group') === group &&
      at(object, 'spec', 'names', 'kind') === kind,
  )
  const labels = Object.entries(objectAt(definition, ['metadata', 'labels']) ?? {})
  const label = labels.find(
    ([key, value]) =>
      key.startsWith('cluster.x-k8s.io/v') && String(value).split('_').includes(version),
  )
  if (!label) return undefined
  return label[0] === 'cluster.x-k8s.io/v1beta1' ? 'v1beta1' : 'v1beta2'
}
