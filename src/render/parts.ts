import type { Cluster } from '../contract/cluster.ts'
import type { JsonObject } from '../json/json.ts'
import type { StringMap } from './metadata.ts'

/** A Cluster with a topology. */
export type TopologyCluster = Cluster & { spec: { topology: ClusterTopology } }
export type ClusterTopology = NonNullable<Cluster['spec']['topology']>
type WorkersTopology = NonNullable<ClusterTopology['workers']>
/** A MachineDeployment or a MachinePool of a topology. */
export type Workers =
  | NonNullable<WorkersTopology['machineDeployments']>[number]
  | NonNullable<WorkersTopology['machinePools']>[number]
export type WorkersKind = 'MachineDeployment' | 'MachinePool'

/** A template that a ClusterClass names. */
export interface Template extends JsonObject {
  apiVersion: string
  kind: string
  metadata: JsonObject & { name?: string | undefined }
}

/** Labels and annotations that a ClusterClass or a topology gives to what is made of it. */
export type GivenMetadata =
  | {
      readonly labels?: StringMap | null | undefined
      readonly annotations?: StringMap | null | undefined
    }
  | null
  | undefined

/** All that the templates and builtin variables of a Cluster are made of. */
export interface TopologyParts {
  readonly cluster: TopologyCluster
  readonly infrastructureCluster: Template
  readonly controlPlane: {
    readonly name: string
    readonly version: string
    readonly template: Template
    /** The contract of Cluster API that its kind keeps. */
    readonly contractVersion: ContractVersion
    /** Of the ClusterClass. */
    readonly metadata?: GivenMetadata
    /** Of its Machines. Managed control planes have none. */
    readonly machines?: { readonly name: string; readonly template: Template }
  }
  readonly workers: readonly WorkersParts[]
}

export type ContractVersion = 'v1beta1' | 'v1beta2'

/** Those of a MachineDeployment or MachinePool. Names are those of the objects made of the templates. */
export interface WorkersParts {
  readonly kind: WorkersKind
  readonly name: string
  readonly version: string
  readonly topology: Workers
  /** Of the ClusterClass. */
  readonly metadata?: GivenMetadata
  readonly bootstrap: { readonly name: string; readonly template: Template }
  readonly infrastructure: { readonly name: string; readonly template: Template }
}
