import { isObject, type JsonObject } from '../json/json.ts'

/** The object that a JSON merge patch (RFC 7386) makes of another, which is not changed. */
export function mergePatch(target: unknown, patch: object): JsonObject {
  const before = isObject(target) ? target : {}
  const changes = Object.entries(patch).map(([key, value]): [string, unknown] => [
    key,
    isObject(value) ? mergePatch(before[key], value) : value,
  ])
  const merged = { ...before, ...Object.fromEntries(changes) }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}
