import { TemplateError, UnknownToTemplates } from '../errors.ts'
import { formatValue } from '../format.ts'
import { takes, takesMore } from '../signature.ts'
import { integer, type List, list, type Value } from '../values.ts'
import { toFloat, toInteger } from './cast.ts'

const int64 = (value: bigint) => integer('int64', value)

/** Sprig's functions for numbers. */
export const numbers = {
  int: takes(['any'], (value) => integer('int', toInteger(value))),
  int64: takes(['any'], (value) => int64(toInteger(value))),
  float64: takes(['any'], toFloat),
  atoi: takes(['string'], (text) => {
    if (/^[+-]?\d{19}/.test(text)) throw new UnknownToTemplates(`the integer ${text}`)
    const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : 0n
    return integer('int', value)
  }),
  toDecimal: takes(['any'], (value) => {
    const digits = /^([+-]?)([0-7]+)$/.exec(formatValue(value))
    return int64(digits === null ? 0n : BigInt(`0o${digits[2]}`) * (digits[1] === '-' ? -1n : 1n))
  }),
  add1: takes(['any'], (value) => int64(toInteger(value) + 1n)),
  add: takesMore([], 'any', (...values) =>
    int64(values.reduce((sum, value) => sum + toInteger(value), 0n)),
  ),
  sub: takes(['any', 'any'], (first, second) => int64(toInteger(first) - toInteger(second))),
  mul: takesMore(['any'], 'any', (first, ...others) =>
    int64(others.reduce((product, value) => product * toInteger(value), toInteger(first))),
  ),
  div: takes(['any', 'any'], (first, second) => int64(toInteger(first) / divisor(second))),
  mod: takes(['any', 'any'], (first, second) => int64(toInteger(first) % divisor(second))),
  max: takesMore(['any'], 'any', largest),
  biggest: takesMore(['any'], 'any', largest),
  min: takesMore(['any'], 'any', (...values) =>
    int64(values.map(toInteger).reduce((least, value) => (value < least ? value : least))),
  ),
  maxf: takesMore(['any'], 'any', (...values) => Math.max(...values.map(toFloat))),
  minf: takesMore(['any'], 'any', (...values) => Math.min(...values.map(toFloat))),
  ceil: takes(['any'], (value) => Math.ceil(toFloat(value))),
  floor: takes(['any'], (value) => Math.floor(toFloat(value))),
  round: takesMore(['any', 'int'], 'float64', (value, places, roundOn = 0.5) => {
    const power = 10 ** places
    const digits = power * toFloat(value)
    return (digits % 1 >= roundOn ? Math.ceil(digits) : Math.floor(digits)) / power
  }),
  until: takes(['int'], (count) => untilStep(0, count, count < 0 ? -1 : 1)),
  untilStep: takes(['int', 'int', 'int'], untilStep),
  seq: takesMore([], 'int', (...values) => {
    const [first = 0, second = 0, third = 0] = values
    if (values.length === 1) return sequence(1, first < 1 ? -1 : 1, first)
    if (values.length === 2) return sequence(first, second < first ? -1 : 1, second)
    if (values.length !== 3 || (third < first && second > 0)) return ''
    return sequence(first, second, third)
  }),
}

function largest(...values: Value[]) {
  return int64(values.map(toInteger).reduce((most, value) => (value > most ? value : most)))
}

function divisor(value: Value): bigint {
  const number = toInteger(value)
  if (number === 0n) throw new TemplateError('runtime error: integer divide by zero')
  return number
}

function untilStep(start: number, stop: number, step: number): List {
  const isDown = stop < start
  if (isDown ? step >= 0 : step <= 0) return list([], 'int')
  const count = Math.ceil((stop - start) / step)
  if (count > 1e6) throw new UnknownToTemplates(`a list of ${count} numbers`)
  return list(
    Array.from({ length: count }, (_, index) => integer('int', start + index * step)),
    'int',
  )
}

function sequence(first: number, step: number, last: number): string {
  const numbers = untilStep(first, last + (last < first ? -1 : 1), step)
  return numbers.items.map(formatValue).join(' ')
}
