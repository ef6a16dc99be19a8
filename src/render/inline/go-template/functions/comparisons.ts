import { TemplateError } from '../errors.ts'
import { compareStrings, typeOf } from '../kinds.ts'
import { takes, takesMore } from '../signature.ts'
import { isDictionary, isInteger, isList, type Value } from '../values.ts'

/** `eq` and others of text/template (funcs.go): only what has one type can be compared. */
export const comparisons = {
  eq: takesMore(['reflected'], 'reflected', (first, ...others) => {
    if (others.length === 0) throw new TemplateError('missing argument for comparison')
    return others.some((other) => isEqual(first, other))
  }),
  ne: takes(['reflected', 'reflected'], (first, second) => !isEqual(first, second)),
  lt: takes(['reflected', 'reflected'], (first, second) => isLess(first, second)),
  le: takes(['reflected', 'reflected'], isAtMost),
  gt: takes(['reflected', 'reflected'], (first, second) => !isAtMost(first, second)),
  ge: takes(['reflected', 'reflected'], (first, second) => !isLess(first, second)),
}

function isAtMost(first: Value, second: Value): boolean {
  return isLess(first, second) || isEqual(first, second)
}

// Integers of all types are one, those without a sign as well.
function comparable(value: Value): string {
  if (value === undefined || value === null) return 'nil'
  if (isInteger(value)) return 'integer'
  return typeof value === 'object' ? 'other' : typeof value
}

function isEqual(first: Value, second: Value): boolean {
  const [kind, otherKind] = [comparable(first), comparable(second)]
  if (kind === 'nil' || otherKind === 'nil') return isNil(first) && isNil(second)
  if (kind !== otherKind) throw incompatible(first, second)
  if (isInteger(first) && isInteger(second)) return first.value === second.value
  if (kind !== 'other') return first === second
  if (typeOf(first).split(/[[\]]/)[1] !== typeOf(second).split(/[[\]]/)[1])
    throw new TemplateError(`non-comparable types: ${typeOf(first)}, ${typeOf(second)}`)
  if (isNil(first) || isNil(second)) return isNil(first) && isNil(second)
  if (isList(second) || isDictionary(second))
    throw new TemplateError(`non-comparable type: ${typeOf(second)}`)
  return first === second
}

function isNil(value: Value): boolean {
  if (value === undefined || value === null) return true
  return (isList(value) || isDictionary(value)) && value.isNil
}

function isLess(first: Value, second: Value): boolean {
  const [kind, otherKind] = [comparable(first), comparable(second)]
  if (kind === 'nil' || kind === 'other' || otherKind === 'nil' || otherKind === 'other')
    throw new TemplateError('invalid type for comparison')
  if (kind !== otherKind) throw incompatible(first, second)
  if (isInteger(first) && isInteger(second)) return first.value < second.value
  if (typeof first === 'number' && typeof second === 'number') return first < second
  if (typeof first === 'string' && typeof second === 'string')
    return compareStrings(first, second) < 0
  throw new TemplateError('invalid type for comparison')
}

function incompatible(first: Value, second: Value): TemplateError {
  return new TemplateError(
    `incompatible types for comparison: ${typeOf(first)} and ${typeOf(second)}`,
  )
}
