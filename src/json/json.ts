/** Any JSON object. */
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

/**
 * Makes `current` equal `desired` at the path, and nowhere else. Objects on the way are made when only
 * `desired` has them, and go when only `current` has them and they end up empty.
 */
export function takeOver(current: JsonObject, desired: JsonObject, path: readonly string[]): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    if (key in desired) current[key] = desired[key]
    else delete current[key]
    return
  }
  const [inner, wanted] = [objectAt(current, [key]), objectAt(desired, [key])]
  if (!hasPath(inner, rest) && !hasPath(wanted, rest)) return
  const target = inner ?? {}
  takeOver(target, wanted ?? {}, rest)
  if (wanted || Object.keys(target).length > 0) current[key] = target
  else delete current[key]
}

function hasPath(root: unknown, path: readonly string[]): boolean {
  const parent = objectAt(root, path.slice(0, -1))
  return parent !== undefined && (path.at(-1) ?? '') in parent
}
