/**
 * Any JSON object, such as one of a kind that the contract does not know.
 *
 * @example
 * ```ts
 * const kindOf = (object: JsonObject) => String(object['kind'])
 * ```
 */
export interface JsonObject {
  [key: string]: unknown
}

/** Whether a JSON value is an object and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at a path, or undefined when there is none. */
export function objectAt(root: unknown, path: readonly string[]): JsonObject | undefined {
  let value = root
  for (const key of path) value = isObject(value) ? value[key] : undefined
  return isObject(value) ? value : undefined
}

/** The JSON text of a value with sorted keys: equal values have one text. */
export function canonicalJSON(value: unknown): string {
  return JSON.stringify(value, (_, nested: unknown) =>
    isObject(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  )
}
