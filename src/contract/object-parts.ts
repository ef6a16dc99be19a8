import * as v from 'valibot'
import { integer, object, optional, optionalList, optionalMap, text, time } from './common.ts'
import type { NamedFields } from './named-fields.ts'

// What several objects of Cluster API have. All objects of requests come as api/core/v1beta2 declares them, but without
// status and managedFields, which the controllers take out. Controllers up to v1.10 send v1beta1: a field that only
// v1beta2 requires is optional here, and the other fields of v1beta1 pass as unknown ones.

const labelsAndAnnotations = { annotations: optionalMap(text), labels: optionalMap(text) }

const objectMeta = object({
  ...labelsAndAnnotations,
  name: text,
  namespace: text,
  creationTimestamp: optional(time),
  deletionGracePeriodSeconds: optional(integer),
  deletionTimestamp: optional(time),
  finalizers: optionalList(text),
  generateName: optional(text),
  generation: optional(integer),
  ownerReferences: optionalList(
    object({
      apiVersion: text,
      kind: text,
      name: text,
      uid: text,
      blockOwnerDeletion: optional(v.boolean()),
      controller: optional(v.boolean()),
    }),
  ),
  resourceVersion: optional(text),
  selfLink: optional(text),
  uid: optional(text),
})
/** The metadata of an object (k8s.io/apimachinery/pkg/apis/meta/v1), without managedFields. */
export interface ObjectMeta extends NamedFields<typeof objectMeta> {}
/** Checks an ObjectMeta. */
export const ObjectMeta: v.GenericSchema<unknown, ObjectMeta> = objectMeta

/** The metadata that a topology or a MachineSet gives to what is made of it. */
export const topologyMetadata = optional(object(labelsAndAnnotations))

/** A reference to an object, without its version. */
export const contractVersionedObjectReference = object({
  apiGroup: optional(text),
  kind: text,
  name: text,
})

/** Conditions that a Machine needs to be ready. */
export const readinessGates = optionalList(
  object({ conditionType: text, polarity: optional(text) }),
)
/** Taints of the Node. */
export const taints = optionalList(
  object({ effect: text, key: text, propagation: text, value: optional(text) }),
)
/** How long the deletion of a Machine may take. */
export const deletionTimeouts = {
  nodeDeletionTimeoutSeconds: optional(integer),
  nodeDrainTimeoutSeconds: optional(integer),
  nodeVolumeDetachTimeoutSeconds: optional(integer),
}
