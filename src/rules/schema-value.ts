import type { JSONSchemaProps } from '../contract/variables.ts'
import { differences } from '../json/differences.ts'
import { canonicalJSON, isObject } from '../json/json.ts'
import { joinPath } from '../json/path.ts'
import { repeatedItems } from './list-type.ts'
import { hasPattern } from './pattern.ts'
import type { ResourceSchema } from './resource-schema.ts'

/** What a value breaks of its schema, where it stands. */
export interface SchemaProblem {
  /** Such as `spec.files[0]`. */
  readonly path: string
  /** Goes on behind the path: `is string, not integer`. */
  readonly message: string
}

/**
 * What is wrong with a value by the schema of its variable, one line each with the path; nothing when
 * it is valid. CEL rules (x-kubernetes-validations) and formats are not evaluated.
 */
export function checkSchemaValue(
  schema: JSONSchemaProps,
  value: unknown,
  path = 'value',
): string[] {
  return schemaProblems(schema, value, path).map((problem) => `${problem.path} ${problem.message}`)
}

/** The same by any schema, and where each problem is. */
export function schemaProblems(
  schema: ResourceSchema,
  value: unknown,
  path: string,
): SchemaProblem[] {
  return [...valueProblems(schema, value, path), ...unknownFields(schema, value, path)]
}

/** The same as checkSchemaValue, where fields that the schema has not do not count. */
export function checkKnownFields(schema: JSONSchemaProps, value: unknown, path: string): string[] {
  return valueProblems(schema, value, path).map((problem) => `${problem.path} ${problem.message}`)
}

function valueProblems(schema: ResourceSchema, value: unknown, path: string): SchemaProblem[] {
  const wrongType = checkType(schema, value)
  if (wrongType) return [{ path, message: wrongType }]
  const { allOf = [], anyOf, oneOf, not } = schema
  const fits = (option: JSONSchemaProps) => valueProblems(option, value, path).length === 0
  const inEnum = schema.enum?.some((option) => differences(option, value).length === 0)
  const messages = only([
    ...listProblems(schema, value),
    ...objectProblems(schema, value),
    ...numberProblems(schema, value),
    ...stringProblems(schema, value),
    inEnum === false && 'is not in enum',
    anyOf && !anyOf.some(fits) && 'fits nothing in anyOf',
    oneOf && oneOf.filter(fits).length !== 1 && 'does not fit exactly one of oneOf',
    not && fits(not) && 'fits what not excludes',
  ])
  return [
    ...messages.map((message) => ({ path, message })),
    ...allOf.flatMap((option) => valueProblems(option, value, path)),
    ...childrenOf(schema, value, path).flatMap((child) => valueProblems(...child)),
  ]
}

function checkType(
  { type, nullable, 'x-kubernetes-int-or-string': either }: ResourceSchema,
  value: unknown,
) {
  const found = typeOf(value)
  if (nullable && found === 'null') return undefined
  if (either) return !['integer', 'string'].includes(found) && `is ${found}, not integer or string`
  const wrong = type && type !== found && !(type === 'number' && found === 'integer')
  return wrong && `is ${found}, not ${type}`
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function childrenOf(
  schema: ResourceSchema,
  value: unknown,
  path: string,
): [ResourceSchema, unknown, string][] {
  const { items, properties = {}, additionalProperties } = schema
  if (Array.isArray(value))
    return items ? value.map((item, i) => [items, item, `${path}[${i}]`]) : []
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]): [ResourceSchema, unknown, string][] => {
    const child = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    return child ? [[child, item, joinPath(path, key)]] : []
  })
}

// Only the schema itself tells which fields there are: allOf and its like narrow them.
function unknownFields(schema: ResourceSchema, value: unknown, path: string): SchemaProblem[] {
  const { properties = {}, additionalProperties } = schema
  const open = additionalProperties ?? schema['x-kubernetes-preserve-unknown-fields']
  const keys = isObject(value) && !open ? Object.keys(value) : []
  return [
    ...keys
      .filter((key) => !Object.hasOwn(properties, key))
      .map((key) => ({ path: joinPath(path, key), message: 'is not in the schema' })),
    ...childrenOf(schema, value, path).flatMap((child) => unknownFields(...child)),
  ]
}

type Problem = string | false | undefined

function only(problems: readonly Problem[]): string[] {
  return problems.filter((problem) => typeof problem === 'string')
}

function listProblems(schema: ResourceSchema, value: unknown): Problem[] {
  if (!Array.isArray(value)) return []
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems } = schema
  const distinct = new Set(value.map(canonicalJSON)).size
  return [
    value.length < minItems && `has fewer than ${minItems} items`,
    value.length > maxItems && `has more than ${maxItems} items`,
    uniqueItems && distinct < value.length && 'has items twice',
    ...repeatedItems(schema, value),
  ]
}

function objectProblems(schema: JSONSchemaProps, value: unknown): Problem[] {
  if (!isObject(value)) return []
  const { required = [], minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  const count = Object.keys(value).length
  return [
    ...required.map((name) => !Object.hasOwn(value, name) && `has no ${name}, which is required`),
    count < minProperties && `has fewer than ${minProperties} fields`,
    count > maxProperties && `has more than ${maxProperties} fields`,
  ]
}

function numberProblems(schema: ResourceSchema, value: unknown): Problem[] {
  if (typeof value !== 'number') return []
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  const { format } = schema
  return [
    value < minimum && `is below ${minimum}`,
    value > maximum && `is above ${maximum}`,
    schema.exclusiveMinimum && value === minimum && `is not above ${minimum}`,
    schema.exclusiveMaximum && value === maximum && `is not below ${maximum}`,
    format === 'int32' && value !== (value | 0) && 'does not fit into 32 bits',
  ]
}

function stringProblems(schema: JSONSchemaProps, value: unknown): Problem[] {
  if (typeof value !== 'string') return []
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema
  const length = [...value].length
  return [
    length < minLength && `has fewer than ${minLength} characters`,
    length > maxLength && `has more than ${maxLength} characters`,
    pattern !== undefined && !hasPattern(value, pattern) && `does not match ${pattern}`,
  ]
}
