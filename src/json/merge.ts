import { equal } from './diff.ts'
import { isObject, type JsonObject } from './json.ts'
import { field, pointerTo } from './path.ts'

/** Objects merge; everything else of the second, lists too, replaces. */
export function merge<T>(first: T, second: T): T
export function merge(first: unknown, second: unknown): unknown {
  if (!isObject(first) || !isObject(second)) return second
  // The spread makes all keys own ones, so that the assignment below meets no setter.
  const merged: JsonObject = { ...first, ...second }
  for (const key of Object.keys(second))
    if (Object.hasOwn(first, key)) merged[key] = merge(first[key], second[key])
  return merged
}

/** What a JSON merge patch (RFC 7386) makes of a value, which stays as it is. */
export function applyMergePatch(target: unknown, patch: JsonObject): JsonObject
export function applyMergePatch(target: unknown, patch: unknown): unknown
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [key, value] of Object.entries(patch))
    if (value === null) result.delete(key)
    else result.set(key, applyMergePatch(result.get(key), value))
  // fromEntries makes even a key __proto__ an own key.
  return Object.fromEntries(result)
}

/**
 * The RFC 7386 patch that turns one JSON object into another; an empty one changes nothing. Throws
 * when a field is set to null, which such a patch cannot say: there, null removes.
 */
export function mergeDiff(original: JsonObject, modified: JsonObject, path = ''): JsonObject {
  const entries: [key: string, value: unknown][] = []
  for (const key of new Set([...Object.keys(original), ...Object.keys(modified)])) {
    const [before, after] = [field(original, key), field(modified, key)]
    if (isObject(before) && isObject(after)) {
      const inner = mergeDiff(before, after, path + pointerTo(key))
      if (Object.keys(inner).length > 0) entries.push([key, inner])
    } else if (!equal(before, after)) {
      const value = after === undefined ? null : withoutNull(after, path + pointerTo(key))
      entries.push([key, value])
    }
  }
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)))
}

// Cluster API's library takes null fields out of objects in lists as well (evanphx/json-patch,
// pruneNulls).
function withoutNull(value: unknown, path: string): unknown {
  if (value === null)
    throw new Error(
      `a JSON merge patch cannot set ${path} to null: leave the field out, or use JSONPatch`,
    )
  if (Array.isArray(value))
    for (const [i, item] of value.entries())
      if (item !== null) withoutNull(item, path + pointerTo(`${i}`))
  if (isObject(value))
    for (const [key, item] of Object.entries(value)) withoutNull(item, path + pointerTo(key))
  return value
}
