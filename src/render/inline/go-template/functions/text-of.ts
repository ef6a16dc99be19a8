import { formatValue } from '../format.ts'
import { isList, type List, list, type Value } from '../values.ts'

/** Sprig's toString. */
export function textOf(value: Value): string {
  return typeof value === 'string' ? value : formatValue(value)
}

/** Sprig's toStrings: a list of texts without nil. A list of texts stays the same list. */
export function textsOf(value: Value): List {
  if (value === null || value === undefined) return list([], 'string')
  if (!isList(value)) return list([textOf(value)], 'string')
  if (value.elementType === 'string') return value
  const items = value.items.filter((item) => item !== null && item !== undefined)
  return list(items.map(textOf), 'string', value.isUnordered)
}
