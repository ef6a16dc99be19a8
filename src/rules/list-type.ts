import { canonicalJSON, isObject } from '../json/json.ts'
import type { ResourceSchema } from './resource-schema.ts'

/**
 * The items that a list of x-kubernetes-list-type set or map has more than once
 * (apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go), one text each.
 */
export function repeatedItems(schema: ResourceSchema, list: readonly unknown[]): string[] {
  const { 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys = [] } = schema
  if (type !== 'set' && type !== 'map') return []
  const identityOf = (item: unknown) => (type === 'map' ? keyFields(item, keys) : item)
  const groups = Map.groupBy(list.map(identityOf), canonicalJSON)
  return [...groups]
    .filter(([, same]) => same.length > 1)
    .map(([identity]) => `has more than one item ${identity}`)
}

function keyFields(item: unknown, keys: readonly string[]): unknown {
  if (!isObject(item)) return {}
  const entries = keys.filter((key) => Object.hasOwn(item, key)).map((key) => [key, item[key]])
  return Object.fromEntries(entries)
}
