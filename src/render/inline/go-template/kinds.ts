import type { Value } from './values.ts'

/** The kind of a value as Go's reflection names it. */
export function kindOf(value: Value): string {
  if (value === null || value === undefined) return 'invalid'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float64'
  return typeof value === 'string' ? 'string' : value.kind
}

/** The type of a value as Go's `%T` names it. */
export function typeOf(value: Value): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value !== 'object') return kindOf(value)
  if (value.kind === 'slice') return `[]${value.elementType}`
  if (value.kind === 'map') return `map[string]${value.elementType}`
  return value.kind === 'ptr' ? '*semver.Version' : value.kind
}

/** Whether `if` takes its branch: what is not the zero value of its type. */
export function isTrue(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value) || Number.isNaN(value)
  if (value.kind === 'slice') return value.items.length > 0
  if (value.kind === 'map') return value.entries.size > 0
  return value.kind === 'ptr' || value.value !== 0n
}

/** The order of strings in Go, which compares their bytes in UTF-8. */
export function compareStrings(first: string, second: string): number {
  return Buffer.compare(Buffer.from(first), Buffer.from(second))
}

/** Keys in the order in which Go goes over a map. */
export function sortedKeys(entries: ReadonlyMap<string, Value>): string[] {
  return [...entries.keys()].sort(compareStrings)
}
