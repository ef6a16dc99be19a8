import { UnknownToTemplates } from '../errors.ts'
import { integer, isInteger, type Value } from '../values.ts'

/** An integer of any value, 0 of what is none: ToInt64 of spf13/cast. */
export function toInteger(value: Value): bigint {
  if (isInteger(value)) return BigInt.asIntN(64, value.value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'string') return parseInteger(value)
  if (typeof value !== 'number') return 0n
  if (!(Math.abs(value) < 2 ** 63)) throw new UnknownToTemplates(`the integer of ${value}`)
  return BigInt(Math.trunc(value))
}

/** The same as a number that JavaScript can count with. */
export function toNumber(value: Value): number {
  return Number(toInteger(value))
}

/** A float64 of any value, 0 of what is none: ToFloat64 of spf13/cast. */
export function toFloat(value: Value): number {
  if (typeof value === 'number') return value
  if (isInteger(value)) return Number(value.value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string') return 0
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) {
    const number = Number(value)
    return Number.isFinite(number) ? number : 0
  }
  if (/^[+-]?(inf|nan|0x|\d+_)/i.test(value)) throw new UnknownToTemplates(`the number "${value}"`)
  return 0
}

// strconv.ParseInt with base 0, so that 010 is 8: places behind a point do not count.
function parseInteger(text: string): bigint {
  const decimal = /^([-+]?\d*)\.\d*$/.exec(text)?.[1]
  const whole = decimal === undefined ? text : /\d/.test(decimal) ? decimal : '0'
  const match =
    /^([+-]?)(?:(0|[1-9](?:_?\d)*)|(0x(?:_?[\da-f])+)|(0b(?:_?[01])+)|0o?((?:_?[0-7])+))$/i.exec(
      whole,
    )
  if (match === null) return 0n
  const [, sign, plain, hex, binary, octal] = match
  const size = BigInt((plain ?? hex ?? binary ?? `0o${octal}`).replaceAll('_', '').toLowerCase())
  const value = sign === '-' ? -size : size
  return integer('int64', value).value === value ? value : 0n
}
