import { isObject } from '../json/json.ts'
import type { ResourceSchema } from './resource-schema.ts'

/**
 * Fills in the defaults of a structural schema as the API server does
 * (apiextensions-apiserver/pkg/apiserver/schema/defaulting/algorithm.go): in objects that are there
 * or that are a default themselves, and for a null that is not allowed.
 */
export function withDefaultValues(schema: ResourceSchema, value: unknown): unknown {
  const { properties = {}, additionalProperties, items, nullable } = schema
  const isMissing = value === undefined || (value === null && !nullable)
  const result = isMissing ? (structuredClone(schema.default) ?? value) : value
  if (Array.isArray(result))
    return items ? result.map((item) => withDefaultValues(items, item)) : result
  if (!isObject(result)) return result
  const keys = new Set([...Object.keys(result), ...Object.keys(properties)])
  const entries = [...keys].map((key) => {
    const child = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    const inner = Object.hasOwn(result, key) ? result[key] : undefined
    return [key, child ? withDefaultValues(child, inner) : inner] as const
  })
  return Object.fromEntries(entries.filter(([, child]) => child !== undefined))
}
