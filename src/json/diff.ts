import { isObject, type JsonObject } from './json.ts'
import { field, pointerTo } from './path.ts'

/** One step of an RFC 6902 patch, of the kinds that a diff needs. */
export type Operation =
  | { op: 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string }

const none: Operation[] = []

/** Whether two JSON values are equal, in the sense of `diff`. */
export function equal(left: unknown, right: unknown): boolean {
  return diff(left, right).length === 0
}

/**
 * The RFC 6902 patch that turns one JSON value into another. It depends on the values alone, not on
 * the order of keys; a key with the value undefined counts as absent, as in JSON.stringify. Lists
 * are compared position by position between what they share at both ends.
 */
export function diff(original: unknown, modified: unknown): readonly Operation[] {
  if (original === modified) return none
  if (original === undefined) return [{ op: 'add', path: '', value: modified }]
  if (modified === undefined) return [{ op: 'remove', path: '' }]
  if (isObject(original) && isObject(modified)) return diffObjects(original, modified)
  if (Array.isArray(original) && Array.isArray(modified)) return diffArrays(original, modified)
  return [{ op: 'replace', path: '', value: modified }]
}

function diffObjects(original: JsonObject, modified: JsonObject): readonly Operation[] {
  const changed: [key: string, operations: readonly Operation[]][] = []
  let shared = 0
  for (const key in original) {
    const value = original[key]
    // What an object inherits equals no JSON value: most fields need no further look.
    if (value === modified[key] && value !== undefined) {
      shared++
      continue
    }
    if (Object.hasOwn(modified, key)) shared++
    const operations = diff(value, field(modified, key))
    if (operations.length > 0) changed.push([key, operations])
  }
  const keys = Object.keys(modified)
  if (keys.length > shared)
    for (const key of keys)
      if (!Object.hasOwn(original, key)) changed.push([key, diff(undefined, modified[key])])
  if (changed.length === 0) return none
  if (changed.length > 1) changed.sort(([left], [right]) => (left < right ? -1 : 1))
  const all: Operation[] = []
  for (const [key, operations] of changed) addBelow(key, operations, all)
  return all
}

function diffArrays(original: unknown[], modified: unknown[]): Operation[] {
  let start = 0
  let [before, after] = [original.length, modified.length]
  while (start < before && start < after && equal(original[start], modified[start])) start++
  while (before > start && after > start && equal(original[before - 1], modified[after - 1])) {
    before--
    after--
  }
  const all: Operation[] = []
  const shared = Math.min(before, after)
  for (let i = start; i < shared; i++) addBelow(`${i}`, diff(original[i], modified[i]), all)
  for (let i = before - 1; i >= shared; i--) all.push({ op: 'remove', path: `/${i}` })
  for (let i = shared; i < after; i++) all.push({ op: 'add', path: `/${i}`, value: modified[i] })
  return all
}

function addBelow(key: string, operations: readonly Operation[], all: Operation[]): void {
  const pointer = pointerTo(key)
  for (const operation of operations) {
    operation.path = pointer + operation.path
    all.push(operation)
  }
}
