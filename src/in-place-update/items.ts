import { equal } from '../json/diff.ts'
import { isObject } from '../json/json.ts'
import { field } from '../json/path.ts'
import type { UpdatableItems } from './updatable.ts'

type Items = ReadonlyMap<string, unknown>

/** The items of two lists or two maps by name, or undefined where names do not tell what differs. */
export function itemsOf(
  current: unknown,
  desired: unknown,
  key: string | undefined,
): readonly [current: Items, desired: Items] | undefined {
  if (current && desired && Array.isArray(current) !== Array.isArray(desired)) return undefined
  const [before, after] = [byName(current, key), byName(desired, key)]
  if (!before || !after) return undefined
  const isList = Array.isArray(current ?? desired)
  const shared = (items: Items, others: Items) =>
    [...items.keys()].filter((name) => others.has(name))
  if (isList && !equal(shared(before, after), shared(after, before))) return undefined
  return [before, after]
}

function byName(value: unknown, key: string | undefined): Items | undefined {
  if (value === undefined) return new Map()
  if (isObject(value)) return new Map(Object.entries(value))
  if (!Array.isArray(value) || key === undefined) return undefined
  const items = new Map<string, unknown>()
  for (const item of value) {
    const name = isObject(item) ? field(item, key) : undefined
    if (typeof name !== 'string' || items.has(name)) return undefined
    items.set(name, item)
  }
  return items
}

/**
 * The list or map `current` with those items as in `desired` that may be changed. An item that comes
 * stands behind the one that it stands behind in `desired`.
 */
export function takeItems(
  current: unknown,
  desired: unknown,
  { key, when }: UpdatableItems,
): unknown {
  const items = itemsOf(current, desired, key)
  if (!items) return current
  const [before, after] = items
  const isTaken = (name: string) => {
    const change = { name, current: before.get(name), desired: after.get(name) }
    return !equal(change.current, change.desired) && when(change) === true
  }
  const names = new Set([...before.keys(), ...after.keys()])
  const taken = new Set([...names].filter(isTaken))
  if (taken.size === 0) return current

  const kept = [...before].filter(([name]) => after.has(name) || !taken.has(name))
  const result = kept.map(
    ([name, item]) => [name, taken.has(name) ? after.get(name) : item] as const,
  )
  let previous: string | undefined
  for (const [name, item] of after) {
    if (!before.has(name)) {
      if (!taken.has(name)) continue
      result.splice(result.findIndex(([other]) => other === previous) + 1, 0, [name, item])
    }
    previous = name
  }
  if (result.length === 0 && desired === undefined) return undefined
  return Array.isArray(current ?? desired)
    ? result.map(([, item]) => item)
    : Object.fromEntries(result)
}
