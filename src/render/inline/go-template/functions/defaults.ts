import { TemplateError } from '../errors.ts'
import { isTrue, kindOf, typeOf } from '../kinds.ts'
import { takes, takesMore } from '../signature.ts'
import { isDictionary, isList, type Value } from '../values.ts'
import { deepEqual } from './deep-equal.ts'

/** Sprig's functions for what is empty, and those that tell the type of a value. */
export const defaults = {
  default: takesMore(['any'], 'any', (fallback, given = null) =>
    isTrue(given) ? given : fallback,
  ),
  empty: takes(['any'], (value) => !isTrue(value)),
  coalesce: takesMore([], 'any', (...values) => values.find(isTrue) ?? null),
  all: takesMore([], 'any', (...values) => values.every(isTrue)),
  any: takesMore([], 'any', (...values) => values.some(isTrue)),
  ternary: takes(['any', 'any', 'bool'], (first, second, isFirst) => (isFirst ? first : second)),
  deepCopy: takes(['any'], deepCopy),
  mustDeepCopy: takes(['any'], deepCopy),
  deepEqual: takes(['any', 'any'], deepEqual),
  typeOf: takes(['any'], typeOf),
  typeIs: takes(['string', 'any'], (type, value) => type === typeOf(value)),
  typeIsLike: takes(['string', 'any'], (type, value) => [type, `*${type}`].includes(typeOf(value))),
  kindOf: takes(['any'], kindOf),
  kindIs: takes(['string', 'any'], (kind, value) => kind === kindOf(value)),
  fail: takes(['string'], (message) => {
    throw new TemplateError(message)
  }),
}

function deepCopy(value: Value): Value {
  if (value === null) throw new TemplateError('a copy of nil')
  return copy(value)
}

function copy(value: Value): Value {
  if (isList(value)) return { ...value, items: value.items.map(copy) }
  if (!isDictionary(value)) return value
  const entries = [...value.entries].map(([key, item]) => [key, copy(item)] as const)
  return { ...value, entries: new Map(entries) }
}
