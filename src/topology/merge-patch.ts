import { isObject, type JsonObject } from '../json/json.ts'
import { equal, field, pointerTo } from './patch.ts'

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
  // fromEntries makes even a key __proto__ an own key.
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
