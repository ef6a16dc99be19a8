// Defaults of a Cluster's variables, as the webhook sets them (internal/topology/variables/cluster_variable_defaulting.go).
import * as v from 'valibot'
import type { Variable } from '../contract/topology.ts'
import { JSONSchemaProps } from '../contract/variables.ts'
import type { JsonObject } from '../json/json.ts'
import { withDefaultValues } from '../rules/default-values.ts'
import type { Definition } from './definitions.ts'
import type { TopologyCluster } from './parts.ts'

/** The Cluster with the defaults of its variables; overrides get those of their fields. */
export function withDefaultVariables(
  cluster: TopologyCluster,
  definitions: readonly Definition[],
): TopologyCluster {
  // Of several definitions the first one counts.
  const schemas = new Map<string, JsonObject>()
  for (const { name, schema } of definitions.toReversed()) schemas.set(name, schema)
  const { topology } = cluster.spec
  const given = topology.variables ?? []
  const names = new Set(given.map(({ name }) => name))
  const created = [...schemas]
    .filter(([name, schema]) => !names.has(name) && schema['default'] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name]) => ({ name, value: undefined }))
  const complete = (variables: readonly Variable[]) =>
    variables.map(({ name, value, ...others }) => ({
      ...others,
      name,
      value: withDefaults(schemas.get(name), value),
    }))
  const part = <P extends OverridingPart>(owner: P): P => {
    const { overrides } = owner.variables ?? {}
    return overrides
      ? { ...owner, variables: { ...owner.variables, overrides: complete(overrides) } }
      : owner
  }
  const { controlPlane, workers } = topology
  const { machineDeployments, machinePools } = workers ?? {}
  return {
    ...cluster,
    spec: {
      ...cluster.spec,
      topology: {
        ...topology,
        variables: complete([...given, ...created]),
        ...(controlPlane && { controlPlane: part(controlPlane) }),
        ...(workers && {
          workers: {
            ...workers,
            ...(machineDeployments && { machineDeployments: machineDeployments.map(part) }),
            ...(machinePools && { machinePools: machinePools.map(part) }),
          },
        }),
      },
    },
  }
}

interface OverridingPart {
  readonly variables?: { overrides?: Variable[] | null | undefined } | null | undefined
}

function withDefaults(schema: JsonObject | undefined, value: unknown): unknown {
  return v.is(JSONSchemaProps, schema) ? withDefaultValues(schema, value) : value
}
