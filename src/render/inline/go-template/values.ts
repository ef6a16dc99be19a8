/**
 * A value as Go has it. A string, a boolean and a number (float64, as Go reads JSON) are those of
 * JavaScript. `null` is a nil interface, as JSON's null; `undefined` is no value, as of a missing key:
 * Go makes a difference between the two.
 */
export type Value =
  | string
  | boolean
  | number
  | Integer
  | List
  | Dictionary
  | SemanticVersion
  | null
  | undefined

export interface Integer {
  readonly kind: 'int' | 'int64' | 'uint8' | 'uint64'
  readonly value: bigint
}

/** A slice. Functions of Sprig change some in place, as `sortAlpha` does. */
export interface List {
  readonly kind: 'slice'
  readonly elementType: 'interface {}' | 'string' | 'int' | '[]interface {}'
  readonly items: Value[]
  readonly isNil: boolean
  /** Go gives the items of these in another order from call to call. */
  isUnordered: boolean
}

/** A map with strings as keys. `set` and others change it in place. */
export interface Dictionary {
  readonly kind: 'map'
  readonly elementType: 'interface {}' | 'string'
  readonly entries: Map<string, Value>
  readonly isNil: boolean
}

/** What `semver` gives. */
export interface SemanticVersion {
  readonly kind: 'ptr'
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly prerelease: string
  readonly metadata: string
  readonly original: string
}

export const integer = (kind: Integer['kind'], value: bigint | number): Integer => ({
  kind,
  value: wrap(kind, BigInt(value)),
})

export const list = (
  items: Value[],
  elementType: List['elementType'] = 'interface {}',
  isUnordered = false,
): List => ({ kind: 'slice', elementType, items, isNil: false, isUnordered })

/** A slice that is nil: empty, and `null` in JSON. */
export const nilList = (elementType: List['elementType'] = 'interface {}'): List => ({
  ...list([], elementType),
  isNil: true,
})

export const dictionary = (
  entries: Iterable<readonly [string, Value]>,
  elementType: Dictionary['elementType'] = 'interface {}',
): Dictionary => ({ kind: 'map', elementType, entries: new Map(entries), isNil: false })

export const nilDictionary: Dictionary = { ...dictionary([]), isNil: true }

function wrap(kind: Integer['kind'], value: bigint): bigint {
  if (kind === 'uint8') return BigInt.asUintN(8, value)
  return kind === 'uint64' ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value)
}

export const isInteger = (value: Value): value is Integer =>
  isTagged(value) && value.kind !== 'slice' && value.kind !== 'map' && value.kind !== 'ptr'
export const isList = (value: Value): value is List => isTagged(value) && value.kind === 'slice'
export const isDictionary = (value: Value): value is Dictionary =>
  isTagged(value) && value.kind === 'map'
export const isVersion = (value: Value): value is SemanticVersion =>
  isTagged(value) && value.kind === 'ptr'

function isTagged(value: Value): value is Integer | List | Dictionary | SemanticVersion {
  return typeof value === 'object' && value !== null
}
