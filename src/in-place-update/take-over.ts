import { type JsonObject, objectAt } from '../json/json.ts'

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
