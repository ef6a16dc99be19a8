import { TemplateError } from '../errors.ts'
import { isTrue, kindOf, typeOf } from '../kinds.ts'
import { sprint, sprintf, sprintln } from '../printf.ts'
import { takes, takesMore } from '../signature.ts'
import { integer, isDictionary, isInteger, isList, type Value } from '../values.ts'

/** Those of text/template itself (funcs.go). Sprig's `slice` replaces that of Go. */
export const builtins = {
  // Both end early: call.ts.
  and: takesMore(['reflected'], 'reflected', (value) => value),
  or: takesMore(['reflected'], 'reflected', (value) => value),
  not: takes(['reflected'], (value) => !isTrue(value)),
  len: takes(['reflected'], (value) => integer('int', lengthOf(value))),
  index: takesMore(['reflected'], 'reflected', (value, ...keys) =>
    keys.reduce(getItem, value ?? missing()),
  ),
  print: takesMore([], 'any', sprint),
  printf: takesMore(['string'], 'any', sprintf),
  println: takesMore([], 'any', sprintln),
  // No value of a template is a function.
  call: takesMore(['reflected'], 'reflected', (value) => {
    throw new TemplateError(`non-function of type ${typeOf(value)}`)
  }),
}

function missing(): never {
  throw new TemplateError('index of untyped nil')
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (isList(value)) return value.items.length
  if (isDictionary(value)) return value.entries.size
  throw new TemplateError(value === null ? 'len of nil pointer' : `len of type ${typeOf(value)}`)
}

function getItem(value: Value, key: Value): Value {
  if (value === null || value === undefined) throw new TemplateError('index of nil pointer')
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return integer('uint8', bytes[position(key, bytes.length)] ?? 0)
  }
  if (isList(value)) return value.items[position(key, value.items.length)]
  if (!isDictionary(value)) throw new TemplateError(`can't index item of type ${typeOf(value)}`)
  if (typeof key !== 'string') {
    if (key === null || key === undefined)
      throw new TemplateError('value is nil; should be of type string')
    throw new TemplateError(`value has type ${typeOf(key)}; should be string`)
  }
  return value.entries.has(key)
    ? value.entries.get(key)
    : value.elementType === 'string'
      ? ''
      : null
}

function position(key: Value, length: number): number {
  if (!isInteger(key))
    throw new TemplateError(
      kindOf(key) === 'invalid'
        ? 'cannot index slice/array with nil'
        : `cannot index slice/array with type ${typeOf(key)}`,
    )
  if (key.value < 0n || key.value >= BigInt(length))
    throw new TemplateError(`index out of range: ${key.value}`)
  return Number(key.value)
}
