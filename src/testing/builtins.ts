// The variable `builtin` (patches/variables/variables.go).
import type { Cluster } from '../contract/cluster.ts'
import type { Variable } from '../contract/topology.ts'
import { clonedFrom, ownedLabels, type WholeObject } from './provider-object.ts'

/** Names that the topology controller gives to the objects of a Cluster. */
export interface ObjectNames {
  readonly controlPlane: string
  readonly controlPlaneMachines: string
  /** Of a MachineDeployment or MachinePool and of what its templates become, by its name in the topology. */
  workers(topologyName: string): { owner: string; bootstrap: string; infrastructure: string }
}

/** A Cluster with a topology. */
export type TopologyCluster = Cluster & { spec: { topology: ClusterTopology } }
type ClusterTopology = NonNullable<Cluster['spec']['topology']>
type WorkersTopology = NonNullable<ClusterTopology['workers']>
/** A MachineDeployment or a MachinePool of a topology. */
export type Workers =
  | NonNullable<WorkersTopology['machineDeployments']>[number]
  | NonNullable<WorkersTopology['machinePools']>[number]

/** The variable with a value. */
export function builtinVariable(value: object): Variable {
  return { name: 'builtin', value }
}

/** The part that all templates of a Cluster share. */
export function clusterBuiltin({ metadata, spec }: TopologyCluster) {
  const { name, namespace, uid, annotations } = metadata
  const { topology, clusterNetwork } = spec
  const className = topology.classRef?.name ?? ''
  const classNamespace = topology.classRef?.namespace ?? namespace
  return {
    cluster: {
      name,
      namespace,
      uid,
      metadata: {
        labels: { ...ownedLabels(name), ...metadata.labels },
        ...(annotations && { annotations }),
      },
      topology: {
        version: topology.version,
        classRef: { name: className, namespace: classNamespace },
        class: className,
        classNamespace,
      },
      network: networkOf(clusterNetwork),
    },
  }
}

function networkOf(network: Cluster['spec']['clusterNetwork']) {
  const { serviceDomain, services, pods } = network ?? {}
  return {
    ...(serviceDomain && { serviceDomain }),
    ...(services && { services: services.cidrBlocks }),
    ...(pods && { pods: pods.cidrBlocks }),
  }
}

/** The part of the templates of a control plane. */
export function controlPlaneBuiltin(
  { controlPlane }: TopologyCluster['spec']['topology'],
  version: string,
  template: WholeObject,
  labels: Record<string, string>,
  names: ObjectNames,
) {
  const { replicas } = controlPlane ?? {}
  return {
    controlPlane: {
      version,
      metadata: { labels, annotations: clonedFrom(template, template.metadata.name) },
      name: names.controlPlane,
      ...(typeof replicas === 'number' && { replicas }),
      machineTemplate: { infrastructureRef: { name: names.controlPlaneMachines } },
    },
  }
}

/** The part of the templates of a MachineDeployment or MachinePool. */
export function workersBuiltin(
  kind: 'MachineDeployment' | 'MachinePool',
  workers: Workers,
  version: string,
  labels: Record<string, string>,
  names: ReturnType<ObjectNames['workers']>,
) {
  const { replicas } = workers
  const value = {
    version,
    metadata: { labels },
    class: workers.class,
    name: names.owner,
    topologyName: workers.name,
    ...(typeof replicas === 'number' && { replicas }),
    bootstrap: { configRef: { name: names.bootstrap } },
    infrastructureRef: { name: names.infrastructure },
  }
  return kind === 'MachineDeployment' ? { machineDeployment: value } : { machinePool: value }
}
