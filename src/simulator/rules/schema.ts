import type { JSONSchemaProps } from '../../contract/variables.ts'
import { joinPath } from '../json.ts'
import { checkMetadata } from './metadata.ts'
import { patternProblem } from './pattern.ts'
import { checkValue } from './schema-value.ts'
import { type Finding, finding } from './table.ts'

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean']
// What a schema in allOf, anyOf, oneOf or not cannot say: it only narrows what its parent allows.
const notInJunctor = [
  'type',
  'description',
  'default',
  'additionalProperties',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
] as const

/**
 * Whether ClusterClass validation takes the schema of a variable: a structural schema
 * (apiextensions-apiserver/pkg/apiserver/schema) whose values are valid. CEL rules are not compiled.
 *
 * @param path Name of the variable, or path within it.
 */
export function checkSchema(schema: JSONSchemaProps, path: string): Finding[] {
  const shape = [
    ...shapeProblems(schema).map((problem) => finding('variable-schema', `${path}: ${problem}`)),
    ...checkMetadata(schema['x-metadata'], path),
    ...childrenOf(schema, path).flatMap((child) => checkSchema(...child)),
  ]
  // Only a schema that is one can judge values.
  return shape.length > 0 ? shape : checkValues(schema, path)
}

function shapeProblems(schema: JSONSchemaProps): string[] {
  const { type = '', items, properties = {}, additionalProperties, pattern, not } = schema
  const either = schema['x-kubernetes-int-or-string']
  const open = schema['x-kubernetes-preserve-unknown-fields']
  const rules = schema['x-kubernetes-validations'] ?? []
  const isMap = additionalProperties !== undefined
  const problems = [
    type === '' && !either && !open && 'it has no type',
    type !== '' && !types.includes(type) && `"${type}" is no type`,
    either && open && 'int-or-string and preserve-unknown-fields exclude each other',
    type === 'array' && items === undefined && 'an array has items',
    isMap && Object.keys(properties).length > 0 && 'it has properties and additionalProperties',
    pattern !== undefined && patternProblem(pattern),
    rules.some(({ rule }) => !rule?.trim()) && 'a rule of x-kubernetes-validations is empty',
    ...(schema.allOf ?? []).flatMap((nested) => nestedProblems(schema, nested, 'allOf')),
    ...(schema.anyOf ?? []).flatMap((nested) => nestedProblems(schema, nested, 'anyOf')),
    ...(schema.oneOf ?? []).flatMap((nested) => nestedProblems(schema, nested, 'oneOf')),
    ...(not === undefined ? [] : nestedProblems(schema, not, 'not')),
  ]
  return problems.filter((problem) => typeof problem === 'string')
}

function nestedProblems(outer: JSONSchemaProps, nested: JSONSchemaProps, where: string): string[] {
  // `anyOf: [{type: integer}, {type: string}]` beside int-or-string is how other tools write that.
  const typeAllowed = outer['x-kubernetes-int-or-string']
  const forbidden = notInJunctor.filter(
    (field) => nested[field] && !(typeAllowed && field === 'type'),
  )
  const known = outer.properties ?? {}
  const strangers = Object.keys(nested.properties ?? {}).filter((key) => !(key in known))
  return [
    ...forbidden.map((field) => `${field} has no place in ${where}`),
    ...strangers.map((key) => `${where} has the property ${key}, which the schema has not`),
  ]
}

function childrenOf(schema: JSONSchemaProps, path: string): [JSONSchemaProps, string][] {
  const { items, properties = {}, additionalProperties } = schema
  const children = Object.entries(properties).map(([key, child]): [JSONSchemaProps, string] => [
    child,
    joinPath(path, key),
  ])
  if (items) children.push([items, `${path}[]`])
  if (additionalProperties) children.push([additionalProperties, `${path}{}`])
  return children
}

function checkValues(schema: JSONSchemaProps, path: string): Finding[] {
  const values = Object.entries({ default: schema.default, example: schema.example })
  const options = (schema.enum ?? []).map((option, i): [string, unknown] => [`enum[${i}]`, option])
  return [...values, ...options]
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => checkValue(schema, value, name))
    .map((problem) => finding('variable-value', `${path}: ${problem}`))
}
