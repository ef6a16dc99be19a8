import * as v from 'valibot'
import {
  integer,
  intOrString,
  json,
  list,
  object,
  optional,
  optionalList,
  optionalMap,
  text,
  time,
  typeMeta,
} from './common.ts'

// The Cluster API objects that requests carry, as api/core/v1beta2 declares them, without status and
// managedFields, which the controllers take out. Controllers up to v1.10 send v1beta1: what
// only v1beta2 requires is optional here, and the fields of v1beta1 pass as unknown ones.

const labelsAndAnnotations = { annotations: optionalMap(text), labels: optionalMap(text) }
const metadata = object({
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
const contractVersionedObjectReference = object({
  apiGroup: optional(text),
  kind: text,
  name: text,
})

const variables = optionalList(object({ name: text, value: json }))
const overrides = optional(object({ overrides: variables }))
const topologyMetadata = optional(object(labelsAndAnnotations))
const readinessGates = optionalList(object({ conditionType: text, polarity: optional(text) }))
const taints = optionalList(
  object({ effect: text, key: text, propagation: text, value: optional(text) }),
)
const deletionTimeouts = {
  nodeDeletionTimeoutSeconds: optional(integer),
  nodeDrainTimeoutSeconds: optional(integer),
  nodeVolumeDetachTimeoutSeconds: optional(integer),
}
const unhealthyConditions = optionalList(
  object({ status: text, timeoutSeconds: integer, type: text }),
)
const healthCheck = <R extends v.ObjectEntries>(remediation: R) =>
  optional(
    object({
      enabled: optional(v.boolean()),
      checks: optional(
        object({
          nodeStartupTimeoutSeconds: optional(integer),
          unhealthyMachineConditions: unhealthyConditions,
          unhealthyNodeConditions: unhealthyConditions,
        }),
      ),
      remediation: optional(
        object({
          ...remediation,
          templateRef: optional(object({ apiVersion: text, kind: text, name: text })),
          triggerIf: optional(
            object({
              unhealthyInRange: optional(text),
              unhealthyLessThanOrEqualTo: optional(intOrString),
            }),
          ),
        }),
      ),
    }),
  )

const controlPlaneTopology = object({
  deletion: optional(object(deletionTimeouts)),
  healthCheck: healthCheck({}),
  metadata: topologyMetadata,
  readinessGates,
  replicas: optional(integer),
  rollout: optional(object({ after: optional(time) })),
  taints,
  variables: overrides,
})
const machineDeploymentTopology = object({
  class: text,
  name: text,
  deletion: optional(object({ ...deletionTimeouts, order: optional(text) })),
  failureDomain: optional(text),
  healthCheck: healthCheck({ maxInFlight: optional(intOrString) }),
  metadata: topologyMetadata,
  minReadySeconds: optional(integer),
  readinessGates,
  replicas: optional(integer),
  rollout: optional(
    object({
      after: optional(time),
      strategy: optional(
        object({
          type: text,
          rollingUpdate: optional(
            object({ maxSurge: optional(intOrString), maxUnavailable: optional(intOrString) }),
          ),
        }),
      ),
    }),
  ),
  taints,
  variables: overrides,
})
const machinePoolTopology = object({
  class: text,
  name: text,
  deletion: optional(object(deletionTimeouts)),
  failureDomains: optionalList(text),
  metadata: topologyMetadata,
  minReadySeconds: optional(integer),
  replicas: optional(integer),
  taints,
  variables: overrides,
})
const topology = object({
  version: text,
  classRef: optional(object({ name: text, namespace: optional(text) })),
  controlPlane: optional(controlPlaneTopology),
  variables,
  workers: optional(
    object({
      machineDeployments: optionalList(machineDeploymentTopology),
      machinePools: optionalList(machinePoolTopology),
    }),
  ),
})
const networkRanges = optional(object({ cidrBlocks: list(text) }))

const cluster = object({
  ...typeMeta,
  metadata,
  spec: object({
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
    topology: optional(topology),
  }),
})
/** A Cluster (api/core/v1beta2), without its status. */
export interface Cluster extends v.InferOutput<typeof cluster> {}
/** Checks a Cluster. */
export const Cluster: v.GenericSchema<unknown, Cluster> = cluster

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

const machine = object({ ...typeMeta, metadata, spec: machineSpec })
/** A Machine (api/core/v1beta2), without its status. */
export interface Machine extends v.InferOutput<typeof machine> {}
/** Checks a Machine. */
export const Machine: v.GenericSchema<unknown, Machine> = machine

const machineSet = object({
  ...typeMeta,
  metadata,
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
    template: object({ metadata: topologyMetadata, spec: machineSpec }),
  }),
})
/** A MachineSet (api/core/v1beta2), without its status. */
export interface MachineSet extends v.InferOutput<typeof machineSet> {}
/** Checks a MachineSet. */
export const MachineSet: v.GenericSchema<unknown, MachineSet> = machineSet
