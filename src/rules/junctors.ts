import type { JSONSchemaProps } from '../contract/variables.ts'
import { joinPath } from '../json/path.ts'
import { patternProblem } from './pattern.ts'

// What a schema in allOf, anyOf, oneOf or not cannot say: it only narrows what its parent allows.
const forbidden = [
  'type',
  'default',
  'additionalProperties',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
] as const

/**
 * What is wrong in allOf, anyOf, oneOf and not of a schema: validateValueValidation in
 * apiextensions-apiserver/pkg/apiserver/schema/validation.go.
 */
export function junctorProblems(schema: JSONSchemaProps): string[] {
  const [first, ...others] = schema.allOf ?? []
  const known = {
    ...schema,
    ...(isIntOrString(schema.anyOf) && { anyOf: [] }),
    ...(first && isIntOrString(first.anyOf) && { allOf: [{ ...first, anyOf: [] }, ...others] }),
  }
  return problemsOfJunctors(known, '')
}

function problemsOfJunctors(schema: JSONSchemaProps, path: string): string[] {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema
  const lists = Object.entries({ allOf, anyOf, oneOf, not: not ? [not] : [] })
  return lists.flatMap(([name, nested]) =>
    nested.flatMap((one) => nestedProblems(one, joinPath(path, name))),
  )
}

function nestedProblems(schema: JSONSchemaProps, path: string): string[] {
  const { pattern, items, properties = {} } = schema
  const isSaid = (field: (typeof forbidden)[number]) =>
    field === 'default' ? (schema.default ?? undefined) !== undefined : schema[field]
  const problem = pattern === undefined ? undefined : patternProblem(pattern)
  return [
    ...forbidden.filter(isSaid).map((field) => `${field} has no place in ${path}`),
    ...(problem === undefined ? [] : [problem]),
    ...(Object.hasOwn(properties, 'metadata') ? [`metadata has no place in ${path}`] : []),
    ...problemsOfJunctors(schema, path),
    ...(items ? nestedProblems(items, `${path}[]`) : []),
    ...Object.entries(properties).flatMap(([key, child]) =>
      nestedProblems(child, joinPath(path, key)),
    ),
  ]
}

// How tools write int-or-string beside its keyword; the order counts.
function isIntOrString(anyOf: JSONSchemaProps[] | undefined): boolean {
  return JSON.stringify(anyOf) === '[{"type":"integer"},{"type":"string"}]'
}
