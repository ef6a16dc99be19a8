import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject } from '../json/json.ts'

/**
 * What server-side apply makes of an object, or 'Conflict' when somebody else has set a field to another value. Every
 * list is one field.
 *
 * @param applied What the same manager applied last.
 */
export function applyFields(
  current: JsonObject,
  applied: JsonObject,
  wanted: JsonObject,
  force: boolean,
): JsonObject | 'Conflict' {
  const result = { ...current }
  for (const key of new Set([...Object.keys(applied), ...Object.keys(wanted)])) {
    const [value, before, after] = [current[key], applied[key], wanted[key]]
    const isOurs = isDeepStrictEqual(value, before)
    if (isObject(after ?? before)) {
      const inner = applyFields(objectOf(value), objectOf(before), objectOf(after), force)
      if (inner === 'Conflict') return inner
      if (after !== undefined || value !== undefined) result[key] = inner
    } else if (after === undefined) {
      if (isOurs) delete result[key]
    } else if (value === undefined || isOurs || force || isDeepStrictEqual(value, after))
      result[key] = after
    else return 'Conflict'
  }
  return result
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}
