import * as v from 'valibot'
import { integer, intOrString, json, object, optional, optionalList, text, time } from './common.ts'
import type { NamedFields } from './named-fields.ts'
import { deletionTimeouts, readinessGates, taints, topologyMetadata } from './object-parts.ts'

const variables = optionalList(object({ name: text, value: json }))
const overrides = optional(object({ overrides: variables }))
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
/** The topology of a Cluster: its version, control plane and workers (api/core/v1beta2/cluster_types.go). */
export interface Topology extends NamedFields<typeof topology> {}
/** Checks a Topology. */
export const Topology: v.GenericSchema<unknown, Topology> = topology
