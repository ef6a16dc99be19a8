// The variable `builtin` (core/reconcilers/topology/cluster/patches/variables/variables.go).
import type { Variable } from '../contract/topology.ts'
import { type Marks, ownedLabels, sentAnnotations, writtenMarks } from './metadata.ts'
import type { ClusterTopology, TopologyCluster, TopologyParts, WorkersParts } from './parts.ts'

/** The variable with a value. */
export function builtinVariable(value: object): Variable {
  return { name: 'builtin', value }
}

/** The part that all templates of a Cluster share. */
export function clusterBuiltin({ metadata, spec }: TopologyCluster) {
  const { name, namespace, uid } = metadata
  const { topology, clusterNetwork } = spec
  const className = topology.classRef?.name ?? ''
  const classNamespace = topology.classRef?.namespace || namespace
  const network = networkOf(clusterNetwork)
  return {
    cluster: {
      name,
      namespace,
      ...(uid && { uid }),
      metadata: written({
        labels: { ...metadata.labels, ...ownedLabels(name) },
        annotations: metadata.annotations ?? {},
      }),
      topology: {
        version: topology.version,
        classRef: { name: className, namespace: classNamespace },
        class: className,
        classNamespace,
      },
      ...(Object.keys(network).length > 0 && { network }),
    },
  }
}

function networkOf(network: TopologyCluster['spec']['clusterNetwork']) {
  const { serviceDomain, services, pods } = network ?? {}
  return {
    ...(serviceDomain && { serviceDomain }),
    ...(services?.cidrBlocks?.length && { services: services.cidrBlocks }),
    ...(pods?.cidrBlocks?.length && { pods: pods.cidrBlocks }),
  }
}

/** The part of the templates of a control plane, whose object has these labels and annotations. */
export function controlPlaneBuiltin(
  { controlPlane }: ClusterTopology,
  { version, name, machines }: TopologyParts['controlPlane'],
  marks: Marks,
) {
  return {
    controlPlane: {
      version,
      metadata: written(marks),
      name,
      ...replicasOf(controlPlane),
      ...(machines && { machineTemplate: { infrastructureRef: { name: machines.name } } }),
    },
  }
}

/** The part of the templates of a MachineDeployment or MachinePool with these labels and annotations. */
export function workersBuiltin(
  { kind, version, name, topology, bootstrap, infrastructure }: WorkersParts,
  marks: Marks,
) {
  const value = {
    version,
    metadata: written(marks),
    class: topology.class,
    name,
    topologyName: topology.name,
    ...replicasOf(topology),
    bootstrap: { configRef: { name: bootstrap.name } },
    infrastructureRef: { name: infrastructure.name },
  }
  return kind === 'MachineDeployment' ? { machineDeployment: value } : { machinePool: value }
}

// The topology may leave the number to someone else, such as an autoscaler.
function replicasOf(part: { readonly replicas?: number | null | undefined } | null | undefined) {
  return typeof part?.replicas === 'number' ? { replicas: part.replicas } : {}
}

function written({ labels, annotations }: Marks) {
  return writtenMarks({ labels, annotations: sentAnnotations(annotations) })
}
