import * as v from 'valibot'
import { Topology } from './cluster-topology.ts'
import { integer, list, object, optional, optionalList, text, typeMeta } from './common.ts'
import type { NamedFields } from './named-fields.ts'
import { contractVersionedObjectReference, ObjectMeta } from './object-parts.ts'

const networkRanges = optional(object({ cidrBlocks: list(text) }))

const clusterSpec = object({
  availabilityGates: optionalList(object({ conditionType: text, polarity: optional(text) })),
  clusterNetwork: optional(
    object({
      apiServerPort: optional(integer),
      pods: networkRanges,
      serviceDomain: optional(text),
      services: networkRanges,
    }),
  ),
  controlPlaneEndpoint: optional(object({ host: optional(text), port: optional(integer) })),
  controlPlaneRef: optional(contractVersionedObjectReference),
  infrastructureRef: optional(contractVersionedObjectReference),
  paused: optional(v.boolean()),
  topology: optional(Topology),
})
/**
 * The spec of a Cluster (api/core/v1beta2/cluster_types.go).
 *
 * @example
 * ```ts
 * const classOf = ({ topology }: ClusterSpec) => topology?.classRef?.name
 * ```
 */
export interface ClusterSpec extends NamedFields<typeof clusterSpec> {}
/** Checks a ClusterSpec. */
export const ClusterSpec: v.GenericSchema<unknown, ClusterSpec> = clusterSpec

const cluster = object({
  ...typeMeta,
  metadata: ObjectMeta,
  spec: ClusterSpec,
})
/**
 * A Cluster (api/core/v1beta2/cluster_types.go), without its status. Controllers up to v1.10 send v1beta1.
 *
 * @example
 * ```ts
 * const versionOf = ({ spec }: Cluster) => spec.topology?.version
 * ```
 */
export interface Cluster extends NamedFields<typeof cluster> {}
/** Checks a Cluster. */
export const Cluster: v.GenericSchema<unknown, Cluster> = cluster
