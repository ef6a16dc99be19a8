// Defaults of a Cluster's variables, as the webhook sets them (internal/topology/variables/cluster_variable_defaulting.go).
import type { Variable } from '../contract/topology.ts'
import { clone } from '../json/clone.ts'
import { isObject, type JsonObject } from '../json/json.ts'
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
      value: withDefaults(schemas.get(name) ?? {}, value),
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

// As structural schemas are defaulted: a missing field, then the fields of what is there. A null where null is not
// allowed counts as missing (apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go).
function withDefaults(schema: JsonObject, value: unknown): unknown {
  const isMissing = value === undefined || (value === null && schema['nullable'] !== true)
  const result = isMissing && schema['default'] !== undefined ? clone(schema['default']) : value
  const { items, properties, additionalProperties } = schema
  if (Array.isArray(result))
    return isObject(items) ? result.map((item) => withDefaults(items, item)) : result
  if (!isObject(result)) return result
  const known = isObject(properties) ? properties : {}
  const made: JsonObject = { ...result }
  for (const key of new Set([...Object.keys(known), ...Object.keys(result)])) {
    const child = Object.hasOwn(known, key) ? known[key] : additionalProperties
    const field = isObject(child) ? withDefaults(child, result[key]) : result[key]
    if (field !== undefined) made[key] = field
  }
  return made
}
