import type { JSONSchemaProps } from '../contract/variables.ts'
import { joinPath } from '../json/path.ts'
import { junctorProblems } from './junctors.ts'
import { checkMetadata } from './metadata.ts'
import { patternProblem } from './pattern.ts'
import { checkKnownFields, checkSchemaValue } from './schema-value.ts'
import { type Finding, finding } from './table.ts'
import { ruleProblems, unboundedBelow } from './validation-rules.ts'

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean']

/**
 * Whether ClusterClass validation takes the schema of a variable: a structural schema
 * (apiextensions-apiserver/pkg/apiserver/schema) whose values are valid and whose CEL rules read
 * nothing without a bound. CEL rules are not compiled.
 *
 * @param name Name of the variable.
 */
export function checkSchema(schema: JSONSchemaProps, name: string): Finding[] {
  return checkNode(schema, name, true)
}

function checkNode(schema: JSONSchemaProps, path: string, isVariable: boolean): Finding[] {
  const problems = [...shapeProblems(schema), ...ruleProblems(schema, isVariable)]
  const shape = [
    ...problems.map((problem) => finding('variable-schema', `${path}: ${problem}`)),
    ...checkMetadata(schema['x-metadata'], path),
    ...checkBounds(schema, path),
    ...childrenOf(schema, path).flatMap(([child, where]) => checkNode(child, where, false)),
  ]
  // Only a schema that is one can judge values.
  return shape.length > 0 ? shape : checkValues(schema, path)
}

function shapeProblems(schema: JSONSchemaProps): string[] {
  const { type = '', items, properties = {}, additionalProperties, pattern } = schema
  const either = schema['x-kubernetes-int-or-string']
  const open = schema['x-kubernetes-preserve-unknown-fields']
  const isMap = additionalProperties !== undefined
  const problems = [
    type === '' && !either && !open && 'it has no type',
    type !== '' && !types.includes(type) && `"${type}" is no type`,
    either && open && 'int-or-string and preserve-unknown-fields exclude each other',
    type === 'array' && items === undefined && 'an array has items',
    isMap && Object.keys(properties).length > 0 && 'it has properties and additionalProperties',
    pattern !== undefined && patternProblem(pattern),
    ...junctorProblems(schema),
  ]
  return problems.filter((problem) => typeof problem === 'string')
}

function checkBounds(schema: JSONSchemaProps, path: string): Finding[] {
  const found = unboundedBelow(schema, path)
  if (found.length === 0) return []
  const detail = `${path}: its rule may cost too much: ${found.join(', ')}`
  return [finding('variable-rule-bounds', detail)]
}

/** The schemas within a schema, each with its path. */
export function childrenOf(schema: JSONSchemaProps, path: string): [JSONSchemaProps, string][] {
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
  const { default: preset, example, enum: options = [] } = schema
  // An example and the options of enum may have unknown fields, which nobody sets.
  const shown: [string, unknown][] = options.map((option, i) => [`enum[${i}]`, option])
  if (example !== undefined) shown.push(['example', example])
  return [
    ...(preset === undefined ? [] : checkSchemaValue(schema, preset, 'default')),
    ...shown.flatMap(([name, value]) => checkKnownFields(schema, value, name)),
  ].map((problem) => finding('variable-value', `${path}: ${problem}`))
}
