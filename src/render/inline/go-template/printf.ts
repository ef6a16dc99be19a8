import { UnknownToTemplates } from './errors.ts'
import { formatAs, formatValue } from './format.ts'
import { typeOf } from './kinds.ts'
import type { Value } from './values.ts'

/** Go's fmt.Sprintf. */
export function sprintf(format: string, ...values: Value[]): string {
  let used = 0
  const text = format.replace(
    /%([#0+\- ]*)(\d*)(?:(\.)(\d*))?(.?)/gsu,
    (whole, flags: string, width: string, dot: string, precision: string, verb: string) => {
      if (/[*[#]/.test(whole) || (verb === '' && whole !== '%'))
        throw new UnknownToTemplates(`"${whole}" in a format`)
      if (verb === '') return '%!(NOVERB)'
      if (verb === '%') return '%'
      if (used >= values.length) return `%!${verb}(MISSING)`
      return formatAs(values[used++], {
        verb,
        flags,
        width: Number(width),
        precision: dot === undefined ? undefined : Number(precision),
      })
    },
  )
  const extra = values
    .slice(used)
    .map((value) =>
      value === null || value === undefined ? '<nil>' : `${typeOf(value)}=${formatValue(value)}`,
    )
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text
}

/** Go's fmt.Sprint: a space between two values of which none is a string. */
export function sprint(...values: Value[]): string {
  return values
    .map((value, index) => {
      const isApart =
        index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string'
      return (isApart ? ' ' : '') + formatValue(value)
    })
    .join('')
}

/** Go's fmt.Sprintln. */
export function sprintln(...values: Value[]): string {
  return `${values.map(formatValue).join(' ')}\n`
}
