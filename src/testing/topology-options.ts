import type { Cluster } from '../contract/cluster.ts'
import type { RequestOf } from '../contract/contract.ts'
import type { GeneratePatches, Variable } from '../contract/topology.ts'
import type { ProviderObject } from './provider-object.ts'

/**
 * What the topology of a test is like.
 *
 * @example
 * ```ts
 * const options: TopologyOptions = {
 *   cluster: clusterOf({ version: 'v1.37.0', variables: { region: 'eu' } }),
 *   workersVersion: 'v1.36.0',
 *   templates: { controlPlane: { spec: { template: { spec: { kubeadmConfigSpec: { files: [] } } } } } },
 * }
 * ```
 */
export interface TopologyOptions {
  /** The Cluster of the templates: `clusterOf()` unless given. Its topology says which workers there are. */
  cluster?: Cluster
  /** Values by name, over those of the Cluster. */
  variables?: Readonly<Record<string, unknown>>
  /** Where the control plane is, when it is not at the version of the Cluster. */
  controlPlaneVersion?: string
  /** Where the workers are, when they are not at the version of the Cluster. */
  workersVersion?: string
  /** By what they are for. Unless given: those of kubeadm and `Dev…` in v1beta2, with empty specs. */
  templates?: {
    readonly infrastructureCluster?: ProviderObject
    readonly controlPlane?: ProviderObject
    /** Of the Machines of the control plane. */
    readonly controlPlaneMachines?: ProviderObject
    /** Of all MachineDeployments. */
    readonly machineDeployments?: WorkerTemplates
    /** Of all MachinePools. */
    readonly machinePools?: WorkerTemplates
  }
}

/** The templates of MachineDeployments or MachinePools. */
export interface WorkerTemplates {
  readonly bootstrap?: ProviderObject
  readonly infrastructure?: ProviderObject
}

/**
 * What GeneratePatches and ValidateTopology are sent.
 *
 * @example
 * ```ts
 * const kindsOf = ({ items }: Topology) => items.map(({ object }) => object['kind'])
 * ```
 */
export type Topology = {
  variables: Variable[]
  items: NonNullable<RequestOf<typeof GeneratePatches>['items']>
}
