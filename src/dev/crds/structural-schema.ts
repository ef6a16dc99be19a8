import * as v from 'valibot'
import { isObject, type JsonObject } from '../../json/json.ts'
import { describeIssue } from '../../messages/describe-issue.ts'
import { StartError } from '../../messages/start-error.ts'
import type { ResourceSchema } from '../../rules/resource-schema.ts'
import { resourceProperties } from './object-metadata.ts'

const text = v.optional(v.string())
const number = v.optional(v.number())
const flag = v.optional(v.boolean())
const texts = v.optional(v.array(v.string()))
const rules = v.optional(v.array(v.looseObject({ rule: v.string() })))

const keywords = v.object({
  ...{ type: text, format: text, pattern: text, default: v.optional(v.unknown()), nullable: flag },
  enum: v.optional(v.array(v.unknown())),
  ...{ minLength: number, maxLength: number },
  ...{ minimum: number, maximum: number, exclusiveMinimum: flag, exclusiveMaximum: flag },
  ...{ minItems: number, maxItems: number, uniqueItems: flag },
  ...{ minProperties: number, maxProperties: number, required: texts },
  'x-kubernetes-int-or-string': flag,
  'x-kubernetes-preserve-unknown-fields': flag,
  'x-kubernetes-embedded-resource': flag,
  'x-kubernetes-list-type': text,
  'x-kubernetes-list-map-keys': texts,
  'x-kubernetes-validations': rules,
})

/**
 * The schema of a kind, where each object that is a resource has the fields that all of them have: the
 * kind itself, and what x-kubernetes-embedded-resource marks.
 *
 * @param source Names the definition in errors.
 * @throws StartError It is no schema.
 */
export function structuralSchema(json: JsonObject, source: string): ResourceSchema {
  return read({ ...json, 'x-kubernetes-embedded-resource': true }, source)
}

function read(json: unknown, source: string): ResourceSchema {
  const { success, output, issues } = v.safeParse(keywords, json)
  if (!success) throw new StartError(`${source} has a schema with ${describeIssue(issues[0])}`)
  const schema: ResourceSchema = output
  const { properties, items, additionalProperties, allOf, anyOf, oneOf, not } = isObject(json)
    ? json
    : {}
  const list = (options: unknown) =>
    Array.isArray(options) ? options.map((option) => read(option, source)) : undefined
  if (isObject(properties)) schema.properties = readAll(properties, source)
  if (isObject(items)) schema.items = read(items, source)
  // Without a schema, the API server drops the fields of objects below.
  if (additionalProperties === true) schema.additionalProperties = {}
  if (isObject(additionalProperties))
    schema.additionalProperties = read(additionalProperties, source)
  if (isObject(not)) schema.not = read(not, source)
  Object.assign(schema, { allOf: list(allOf), anyOf: list(anyOf), oneOf: list(oneOf) })
  return schema['x-kubernetes-embedded-resource'] ? asResource(schema) : schema
}

function readAll(properties: JsonObject, source: string): Record<string, ResourceSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, read(schema, source)]),
  )
}

function asResource(schema: ResourceSchema): ResourceSchema {
  const { properties, required = [] } = schema
  return {
    ...schema,
    properties: { ...properties, ...resourceProperties(properties?.['metadata']) },
    required: [...new Set([...required, 'apiVersion', 'kind'])],
  }
}
