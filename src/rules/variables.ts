import type { ClusterClassVariable, JSONSchemaProps } from '../contract/variables.ts'
import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { checkMetadata } from './metadata.ts'
import { checkSchema, childrenOf } from './schema.ts'
import { type Finding, finding } from './table.ts'

/** The valid variables of a DiscoverVariables answer, and why ClusterClass validation refuses others. */
export function checkVariables(answer: JsonObject): {
  variables: ClusterClassVariable[]
  findings: Finding[]
} {
  const variables: ClusterClassVariable[] = []
  const findings: Finding[] = []
  for (const variable of Array.isArray(answer['variables']) ? answer['variables'] : []) {
    if (!isVariable(variable)) {
      findings.push(finding('variable-schema', 'a variable has no schema.openAPIV3Schema'))
      continue
    }
    const { name, schema, deprecatedV1Beta1Metadata } = variable
    const twice = variables.some((other) => other.name === name)
    const found = [
      ...checkName(name),
      ...(twice ? [finding('variable-unique', `variable "${name}" is there twice`)] : []),
      ...checkMetadata(deprecatedV1Beta1Metadata, name),
      ...checkSchema(schema.openAPIV3Schema, name),
    ]
    if (found.length === 0) variables.push(variable)
    findings.push(...found)
  }
  return { variables, findings }
}

/** Handlers that discover one variable have to agree: a ClusterClass with a conflict is not used. */
export function checkConflicts(
  known: readonly ClusterClassVariable[],
  more: readonly ClusterClassVariable[],
): Finding[] {
  return more.flatMap((variable) => {
    const other = known.find(({ name }) => name === variable.name)
    const [path] = other === undefined ? [] : differences(other, variable)
    if (path === undefined) return []
    return [finding('variable-conflict', `variable "${variable.name}": handlers differ at ${path}`)]
  })
}

/** Whether a variable has CEL rules, in its fields too. */
export function hasRules(variable: ClusterClassVariable): boolean {
  return rulesOf(variable).length > 0
}

/** The CEL rules of a variable and of its fields. */
export function rulesOf({ schema }: ClusterClassVariable) {
  return withChildren(schema.openAPIV3Schema).flatMap(
    (node) => node['x-kubernetes-validations'] ?? [],
  )
}

function withChildren(schema: JSONSchemaProps): JSONSchemaProps[] {
  return [schema, ...childrenOf(schema, '').flatMap(([child]) => withChildren(child))]
}

function isVariable(value: unknown): value is ClusterClassVariable {
  return (
    isObject(value) && isObject(value['schema']) && isObject(value['schema']['openAPIV3Schema'])
  )
}

function checkName(name: string | undefined): Finding[] {
  if (!name) return [finding('variable-name', 'a variable has no name')]
  if (name === 'builtin')
    return [finding('variable-name', '"builtin" is the name of another variable')]
  return name.includes('.') ? [finding('variable-name', `"${name}" has a "." in it`)] : []
}
