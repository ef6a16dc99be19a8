import type * as v from 'valibot'
import { integer, object, optional, optionalList, optionalMap, text, typeMeta } from './common.ts'
import type { NamedFields } from './named-fields.ts'
import {
  contractVersionedObjectReference,
  deletionTimeouts,
  ObjectMeta,
  readinessGates,
  taints,
  topologyMetadata,
} from './object-parts.ts'

const machineSpec = object({
  clusterName: text,
  bootstrap: object({
    configRef: optional(contractVersionedObjectReference),
    dataSecretName: optional(text),
  }),
  infrastructureRef: contractVersionedObjectReference,
  deletion: optional(object(deletionTimeouts)),
  failureDomain: optional(text),
  minReadySeconds: optional(integer),
  providerID: optional(text),
  readinessGates,
  taints,
  version: optional(text),
})

/** The spec of a Machine (api/core/v1beta2/machine_types.go). */
export interface MachineSpec extends NamedFields<typeof machineSpec> {}
/** Checks a MachineSpec. */
export const MachineSpec: v.GenericSchema<unknown, MachineSpec> = machineSpec

const machine = object({ ...typeMeta, metadata: ObjectMeta, spec: MachineSpec })
/**
 * A Machine (api/core/v1beta2/machine_types.go), without its status. The hooks of in-place updates send it without a uid.
 *
 * @example
 * ```ts
 * const versionOf = ({ spec }: Machine) => spec.version ?? 'none'
 * ```
 */
export interface Machine extends NamedFields<typeof machine> {}
/** Checks a Machine. */
export const Machine: v.GenericSchema<unknown, Machine> = machine

const machineSet = object({
  ...typeMeta,
  metadata: ObjectMeta,
  spec: object({
    clusterName: text,
    deletion: optional(object({ order: optional(text) })),
    machineNaming: optional(object({ template: optional(text) })),
    replicas: optional(integer),
    selector: object({
      matchExpressions: optionalList(
        object({ key: text, operator: text, values: optionalList(text) }),
      ),
      matchLabels: optionalMap(text),
    }),
    template: object({ metadata: topologyMetadata, spec: MachineSpec }),
  }),
})
/**
 * A MachineSet (api/core/v1beta2/machineset_types.go), without its status.
 *
 * @example
 * ```ts
 * const versionOf = ({ spec }: MachineSet) => spec.template.spec.version ?? 'none'
 * ```
 */
export interface MachineSet extends NamedFields<typeof machineSet> {}
/** Checks a MachineSet. */
export const MachineSet: v.GenericSchema<unknown, MachineSet> = machineSet
