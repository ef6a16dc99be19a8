import { isObject } from '../../json/json.ts'
import type { ResourceSchema } from '../../rules/resource-schema.ts'

/**
 * The value without the fields that are null, are not nullable and have no default: the API server drops them when it
 * reads an object (apiextensions-apiserver/pkg/apiserver/schema/defaulting/prunenulls.go).
 */
export function withoutNulls(schema: ResourceSchema | undefined, value: unknown): unknown {
  if (schema === undefined) return value
  if (Array.isArray(value)) return value.map((item) => withoutNulls(schema.items, item))
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key, item]) => {
    const child = childSchema(schema, key)
    return item !== null || !child || child.nullable || child.default !== undefined
  })
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutNulls(childSchema(schema, key), item)]),
  )
}

/** The schema of a field of an object. */
export function childSchema(
  { properties = {}, additionalProperties }: ResourceSchema,
  key: string,
): ResourceSchema | undefined {
  return Object.hasOwn(properties, key) ? properties[key] : additionalProperties
}
