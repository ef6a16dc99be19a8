import type { JsonObject } from './json.ts'

/** A copy of plain JSON that shares nothing with it. */
export function clone<T>(json: T): T
export function clone(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(clone)
  // A spread keeps an own key __proto__ an own key, so that the assignment below meets no setter.
  const copy: JsonObject = { ...json }
  for (const key in copy) {
    const value = copy[key]
    if (typeof value === 'object') copy[key] = clone(value)
  }
  return copy
}
