import * as v from 'valibot'
import { integer, optional, optionalList, optionalMap, text } from '../contract/common.ts'

const object = v.looseObject
const metadata = optional(object({ labels: optionalMap(text), annotations: optionalMap(text) }))
const reference = optional(object({ name: optional(text) }))
const workers = optional(
  object({
    version: optional(text),
    metadata,
    class: optional(text),
    name: optional(text),
    topologyName: optional(text),
    replicas: optional(integer),
    bootstrap: optional(object({ configRef: reference })),
    infrastructureRef: reference,
  }),
)

const builtins = object({
  cluster: optional(
    object({
      name: optional(text),
      namespace: optional(text),
      uid: optional(text),
      metadata,
      topology: optional(
        object({
          version: optional(text),
          classRef: optional(object({ name: text, namespace: text })),
          /** Deprecated in favour of `classRef.name`. */
          class: optional(text),
          /** Deprecated in favour of `classRef.namespace`. */
          classNamespace: optional(text),
        }),
      ),
      network: optional(
        object({
          serviceDomain: optional(text),
          services: optionalList(text),
          pods: optionalList(text),
        }),
      ),
    }),
  ),
  /** Only for the templates of the control plane. */
  controlPlane: optional(
    object({
      /**
       * The version that it is going to, which can be another than the Cluster's during an upgrade.
       */
      version: optional(text),
      metadata,
      name: optional(text),
      replicas: optional(integer),
      machineTemplate: optional(object({ infrastructureRef: reference })),
    }),
  ),
  /** Only for the templates of a MachineDeployment. */
  machineDeployment: workers,
  /** Only for the templates of a MachinePool. */
  machinePool: workers,
})

/**
 * What the controller itself knows of a template's place: the variable `builtin`
 * (api/runtime/hooks/v1alpha1/topologymutation_variable_types.go). All fields may be absent: `controlPlane`
 * is there for templates of the control plane, `machineDeployment` for those of a MachineDeployment,
 * `machinePool` for those of a MachinePool.
 *
 * @example
 * ```ts
 * const versionOf = ({ controlPlane, machineDeployment, machinePool }: Builtins) =>
 *   (controlPlane ?? machineDeployment ?? machinePool)?.version
 * ```
 */
export interface Builtins extends v.InferOutput<typeof builtins> {}
/** Checks the variable `builtin`. */
export const Builtins: v.GenericSchema<unknown, Builtins> = builtins
