import { randomInt, randomUUID } from 'node:crypto'
import type { Cluster } from '../../../contract/cluster.ts'
import { ownedLabels as labelsOfCluster } from '../../../render/metadata.ts'
import { clusterOf } from '../../../testing/cluster.ts'
import type { VariableValue } from '../variable-values.ts'

/** The simulated Cluster and what the controllers remember of it. Versions are like `v1.34.0`. */
export interface ClusterState {
  readonly uid: string
  readonly creationTimestamp: string
  generation: number
  resourceVersion: number
  /** spec.topology.version: where the Cluster is to go. */
  version: string
  controlPlaneVersion: string
  workersVersion: string
  variables: readonly VariableValue[]
  /** Whether control plane and infrastructure exist. */
  created: boolean
  /** Hooks that the controllers have still to call: the annotation pending-hooks. */
  readonly pending: Set<string>
  /** The version that the control plane is going to, while an upgrade is under way. */
  upgradeStep: string | undefined
  deletionTimestamp: string | undefined
}

/** Names of the objects of the simulated Cluster, new in every process where the controllers add a suffix. */
export const names = {
  namespace: 'default',
  cluster: 'demo',
  clusterClass: 'in-memory',
  controlPlane: suffixed('demo'),
  infrastructureCluster: suffixed('demo'),
  controlPlaneMachines: suffixed('demo'),
  machineDeployment: suffixed('demo-md-0'),
  bootstrapTemplate: suffixed('demo-md-0'),
  nextBootstrapTemplate: suffixed('demo-md-0'),
  machineTemplate: suffixed('demo-md-0'),
} as const

/** A name as Kubernetes generates it, with five letters and digits at the end. */
export function suffixed(name: string): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789'
  const letters = Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)])
  return `${name}-${letters.join('')}`
}

/** How many Machines the simulated Cluster has. */
export const replicas = { controlPlane: 1, workers: 2 } as const

/** Labels of every object of the Cluster. */
export const ownedLabels = labelsOfCluster(names.cluster)

/** A Cluster that someone has just applied. */
export function newCluster(version: string, variables: readonly VariableValue[]): ClusterState {
  return {
    uid: randomUUID(),
    creationTimestamp: timestamp(),
    generation: 1,
    resourceVersion: 345,
    version,
    controlPlaneVersion: version,
    workersVersion: version,
    variables,
    created: false,
    pending: new Set(),
    upgradeStep: undefined,
    deletionTimestamp: undefined,
  }
}

/** Now, as Kubernetes writes it. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+/, '')
}

/** The Cluster as requests carry it. */
export function clusterObject(state: ClusterState): Cluster {
  const { deletionTimestamp, created, variables } = state
  const annotations = clusterAnnotations(state)
  return clusterOf({
    name: names.cluster,
    namespace: names.namespace,
    version: state.version,
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    metadata: {
      uid: state.uid,
      resourceVersion: String(state.resourceVersion),
      generation: state.generation,
      creationTimestamp: state.creationTimestamp,
      ...(deletionTimestamp !== undefined && { deletionTimestamp, deletionGracePeriodSeconds: 0 }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(created && { labels: ownedLabels, finalizers: ['cluster.cluster.x-k8s.io'] }),
    },
    spec: {
      ...(created && {
        controlPlaneEndpoint: { host: '127.0.0.1', port: 20000 },
        controlPlaneRef: {
          kind: 'KubeadmControlPlane',
          name: names.controlPlane,
          apiGroup: 'controlplane.cluster.x-k8s.io',
        },
        infrastructureRef: {
          kind: 'DevCluster',
          name: names.infrastructureCluster,
          apiGroup: 'infrastructure.cluster.x-k8s.io',
        },
      }),
      topology: {
        classRef: { name: names.clusterClass },
        controlPlane: { replicas: replicas.controlPlane },
        workers: {
          machineDeployments: [
            { class: 'default-worker', name: 'md-0', replicas: replicas.workers },
          ],
        },
      },
    },
  })
}

function clusterAnnotations({ pending, upgradeStep }: ClusterState) {
  return {
    ...(pending.size > 0 && {
      'runtime.cluster.x-k8s.io/pending-hooks': [...pending].toSorted().join(','),
    }),
    ...(upgradeStep !== undefined && {
      'topology.internal.cluster.x-k8s.io/upgrade-step': upgradeStep,
    }),
  }
}
