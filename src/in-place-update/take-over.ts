import { equal } from '../json/diff.ts'
import { type JsonObject, objectAt } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { takeItems } from './items.ts'
import type { Change, UpdatablePath } from './updatable.ts'

/** The keys of a path. */
export function keysOf(updatable: UpdatablePath): string[] {
  return (typeof updatable === 'string' ? updatable : updatable.path).split('.')
}

/** Makes `current` equal `desired` as far as one path lets it. */
export function takeUpdatable(
  current: JsonObject,
  desired: JsonObject,
  updatable: UpdatablePath,
): void {
  const keys = keysOf(updatable)
  const change = { current: at(current, ...keys), desired: at(desired, ...keys) }
  if (typeof updatable !== 'string' && updatable.each) {
    const value = takeItems(change.current, change.desired, updatable.each)
    if (value !== change.current) takeOver(current, withValue(desired, keys, value), keys)
  } else if (typeof updatable === 'string' || isWanted(change, updatable.when))
    takeOver(current, desired, keys)
}

function isWanted(change: Change, when: (change: Change) => boolean): boolean {
  // Anything but true, such as a Promise that came past the compiler, is a doubt.
  return !equal(change.current, change.desired) && when(change) === true
}

/**
 * Makes `current` equal `desired` at the path, and nowhere else. Objects on the way are made when only
 * `desired` has them, and go when only `current` has them and they end up empty.
 */
function takeOver(current: JsonObject, desired: JsonObject, path: readonly string[]): void {
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
