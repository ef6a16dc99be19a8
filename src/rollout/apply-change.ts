import { equal } from '../json/diff.ts'
import { isObject } from '../json/json.ts'
import { field } from '../json/path.ts'

/**
 * What a stored value becomes when the intent changes from `before` to `after`: what others and defaults set stays, as with
 * server-side apply. Lists are taken as they are in `after`.
 */
export function applyChange(stored: unknown, before: unknown, after: unknown): unknown {
  if (equal(before, after)) return stored
  if (!isObject(after)) return after
  const [current, old] = [stored, before].map((value) => (isObject(value) ? value : {}))
  const keys = new Set([...Object.keys(current ?? {}), ...Object.keys(after)])
  return Object.fromEntries(
    [...keys]
      .map((key) => [
        key,
        applyChange(field(current ?? {}, key), field(old ?? {}, key), field(after, key)),
      ])
      .filter(([, value]) => value !== undefined),
  )
}
