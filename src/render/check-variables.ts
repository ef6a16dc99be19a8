import * as v from 'valibot'
import type { Variable } from '../contract/topology.ts'
import { JSONSchemaProps } from '../contract/variables.ts'
import { differences } from '../json/differences.ts'
import { checkSchemaValue } from '../rules/schema-value.ts'
import type { Definition } from './definitions.ts'
import type { TopologyCluster } from './parts.ts'

/**
 * Why Cluster API would refuse the variables of a Cluster or a ClusterClass, one sentence each. CEL rules are not evaluated
 * (internal/topology/variables/cluster_variable_validation.go).
 *
 * @param isComplete Whether all definitions are known.
 */
export function checkVariables(
  cluster: TopologyCluster,
  definitions: readonly Definition[],
  isComplete: boolean,
): string[] {
  const { variables, controlPlane, workers } = cluster.spec.topology
  const { machineDeployments, machinePools } = workers ?? {}
  const known = new Map<string, Definition>()
  for (const definition of definitions.toReversed()) known.set(definition.name, definition)
  const check = (list: readonly Variable[] | null | undefined, where: string) =>
    (list ?? []).flatMap((variable) =>
      checkValue(variable, where, known.get(variable.name), isComplete),
    )
  return [
    ...[...known.values()].flatMap(({ name, required }) =>
      required && !variables?.some((variable) => variable.name === name)
        ? [
            `Cluster API refuses the Cluster: it has no value for the variable ${name}, which is required.`,
          ]
        : [],
    ),
    ...check(variables, 'the Cluster'),
    ...check(controlPlane?.variables?.overrides, 'the control plane'),
    ...[...(machineDeployments ?? []), ...(machinePools ?? [])].flatMap((part) =>
      check(part.variables?.overrides, part.name),
    ),
    ...conflicts(definitions, known),
  ]
}

function checkValue(
  { name, value }: Variable,
  where: string,
  definition: Definition | undefined,
  isComplete: boolean,
): string[] {
  const refused = 'Cluster API refuses the Cluster: '
  if (!definition)
    return isComplete
      ? [`${refused}the ClusterClass does not define the variable ${name} of ${where}.`]
      : []
  if (!v.is(JSONSchemaProps, definition.schema)) return []
  const [problem] = checkSchemaValue(definition.schema, value, `the variable ${name} of ${where}`)
  return problem ? [`${refused}${problem}.`] : []
}

function conflicts(definitions: readonly Definition[], known: ReadonlyMap<string, Definition>) {
  return definitions.flatMap((definition) => {
    const first = known.get(definition.name) ?? definition
    const [path] = differences(first, { ...definition, from: first.from })
    if (path === undefined) return []
    const where = `its definitions of the variable ${definition.name} (${first.from}, ${definition.from})`
    return [`Cluster API refuses the ClusterClass: ${where} differ at ${path}.`]
  })
}
