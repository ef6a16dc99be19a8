import { typeOf } from '../kinds.ts'
import { isDictionary, isInteger, isList, isVersion, type Value } from '../values.ts'

/** reflect.DeepEqual of Go: 1 of a template and 1 of a variable differ, for their types do. */
export function deepEqual(first: Value, second: Value): boolean {
  if (typeOf(first) !== typeOf(second)) return false
  if (isInteger(first) && isInteger(second)) return first.value === second.value
  if (isList(first) && isList(second)) {
    const { items } = second
    return (
      first.isNil === second.isNil &&
      first.items.length === items.length &&
      first.items.every((item, index) => deepEqual(item, items[index]))
    )
  }
  if (isDictionary(first) && isDictionary(second)) {
    const { entries } = second
    return (
      first.isNil === second.isNil &&
      first.entries.size === entries.size &&
      [...first.entries].every(
        ([key, item]) => entries.has(key) && deepEqual(item, entries.get(key)),
      )
    )
  }
  if (isVersion(first) && isVersion(second)) return first.original === second.original
  return (first ?? null) === (second ?? null)
}
