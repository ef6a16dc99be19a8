import type { ClusterClassVariable, JSONSchemaProps } from '../../contract/variables.ts'
import { withDefaultValues } from '../../rules/default-values.ts'
import { checkSchemaValue } from '../../rules/schema-value.ts'

/** A variable of the simulated Cluster. */
export interface VariableValue {
  readonly name: string
  readonly value: unknown
}

/** The values of a Cluster, or why one cannot be found. */
export interface ResolvedVariables {
  readonly variables: readonly VariableValue[]
  /** One line for each variable that the user has to set, or cannot. */
  readonly problems: readonly string[]
}

/**
 * The variables of a Cluster whose author sets only what has to be set: those given, required ones
 * without a default (a plausible value from the schema), and the defaults of all others.
 */
export function resolveVariables(
  definitions: readonly ClusterClassVariable[],
  given: Readonly<Record<string, unknown>>,
): ResolvedVariables {
  const names = definitions.map(({ name }) => name)
  const strangers = Object.keys(given).filter((name) => !names.includes(name))
  const problems = strangers.map((name) => `variable ${name}: no handler discovers it`)
  const variables = definitions.flatMap(
    ({ name, required, schema: { openAPIV3Schema: schema } }) => {
      const needed = required && schema.default === undefined
      const chosen = given[name] ?? (needed ? plausibleValue(schema) : undefined)
      const value = withDefaultValues(schema, chosen)
      if (value === undefined) return []
      const [problem] = checkSchemaValue(schema, value)
      if (problem !== undefined) {
        const remedy = `set it with --variable ${name}=…`
        problems.push(`variable ${name}: ${JSON.stringify(value)}: ${problem}; ${remedy}`)
      }
      return [{ name, value }]
    },
  )
  return { variables, problems }
}

/** A value that someone might set: default, example, the first of enum, else one by type. */
export function plausibleValue(schema: JSONSchemaProps): unknown {
  const { default: preset, example, type, properties = {}, required = [] } = schema
  const named = preset ?? example ?? schema.enum?.[0]
  if (named !== undefined) return named
  const { minimum = 0, exclusiveMinimum, minLength = 0, minItems = 0, items } = schema
  switch (type) {
    case 'string':
      return 'simulated'.padEnd(minLength, '-').slice(0, schema.maxLength)
    case 'boolean':
      return true
    case 'array':
      return items ? Array.from({ length: minItems }, () => plausibleValue(items)) : []
    case 'object': {
      const fields = required.map((key) => [key, plausibleValue(properties[key] ?? {})])
      return Object.fromEntries(fields)
    }
    default:
      return exclusiveMinimum ? minimum + 1 : minimum
  }
}
