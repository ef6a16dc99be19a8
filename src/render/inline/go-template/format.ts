import { UnknownToTemplates } from './errors.ts'
import { formatFixed, formatFloat } from './format-float.ts'
import { sortedKeys, typeOf } from './kinds.ts'
import { refuseOrder } from './order.ts'
import { quote } from './quote.ts'
import type { Integer, Value } from './values.ts'
import { versionText } from './version.ts'

/** One `%` of a format: `%-5.2f` has the flag `-`, the width 5, two places and the verb f. */
export interface Verb {
  readonly verb: string
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}
const plain: Verb = { verb: 'v', flags: '', width: 0, precision: undefined }

/** A value as Go's `%v` prints it. */
export function formatValue(value: Value): string {
  return formatAs(value, plain)
}

/** A value as a verb of Go's package fmt prints it (fmt/print.go, printArg). */
export function formatAs(value: Value, verb: Verb): string {
  if (value === null || value === undefined)
    return 'Tv'.includes(verb.verb) ? pad('<nil>', verb) : `%!${verb.verb}(<nil>)`
  if (verb.verb === 'T') return pad(typeOf(value), verb)
  if (verb.verb === 'p' || (verb.verb === 'q' && verb.flags.includes('+')))
    throw new UnknownToTemplates(`%${verb.flags}${verb.verb} in a format`)
  return formatNested(value, verb)
}

function formatNested(value: Value, verb: Verb): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'boolean')
    return 'tv'.includes(verb.verb) ? pad(String(value), verb) : wrongVerb(value, verb)
  if (typeof value === 'number') return formatNumber(value, verb)
  if (typeof value === 'string') return formatString(value, verb)
  if (value.kind === 'slice')
    return `[${refuseOrder(value)
      .items.map((item) => formatNested(item, verb))
      .join(' ')}]`
  if (value.kind === 'map') {
    const { entries } = value
    const pairs = sortedKeys(entries).map(
      (key) => `${formatString(key, verb)}:${formatNested(entries.get(key), verb)}`,
    )
    return `map[${pairs.join(' ')}]`
  }
  if (value.kind !== 'ptr') return formatInteger(value, verb)
  if ('vsxXq'.includes(verb.verb)) return formatString(versionText(value), verb)
  throw new UnknownToTemplates(`%${verb.verb} of a version`)
}

function formatString(text: string, verb: Verb): string {
  const cut = verb.precision === undefined ? text : [...text].slice(0, verb.precision).join('')
  switch (verb.verb) {
    case 'v':
    case 's':
      return pad(cut, verb)
    case 'q':
      return pad(quote(cut), verb)
    case 'x':
    case 'X': {
      if (/[ ]/.test(verb.flags) || verb.precision !== undefined)
        throw new UnknownToTemplates('flags of %x in a format')
      const hex = Buffer.from(text).toString('hex')
      return pad(verb.verb === 'x' ? hex : hex.toUpperCase(), verb)
    }
    default:
      return wrongVerb(text, verb)
  }
}

function formatNumber(value: number, verb: Verb): string {
  switch (verb.verb) {
    case 'v':
    case 'g':
      if (verb.precision !== undefined) throw new UnknownToTemplates(`%.${verb.precision}g`)
      return padNumber(formatFloat(value), verb)
    case 'f':
    case 'F':
      return padNumber(formatFixed(value, verb.precision ?? 6), verb)
    case 'e':
    case 'E':
    case 'G':
    case 'b':
    case 'x':
    case 'X':
      throw new UnknownToTemplates(`%${verb.verb} of a number in a format`)
    default:
      return wrongVerb(value, verb)
  }
}

const bases: Record<string, number> = { v: 10, d: 10, b: 2, o: 8, x: 16, X: 16 }

function formatInteger(integer: Integer, verb: Verb): string {
  const { value } = integer
  const base = bases[verb.verb]
  if (base !== undefined) {
    if (verb.precision !== undefined) throw new UnknownToTemplates('places of an integer')
    const digits = value.toString(base)
    return padNumber(verb.verb === 'X' ? digits.toUpperCase() : digits, verb)
  }
  const isCharacter = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value < 0xe000n)
  const character = isCharacter ? String.fromCodePoint(Number(value)) : '\ufffd'
  if (verb.verb === 'c') return pad(character, verb)
  if (verb.verb === 'q') return pad(quote(character, "'"), verb)
  if ('OU'.includes(verb.verb)) throw new UnknownToTemplates(`%${verb.verb} in a format`)
  return wrongVerb(integer, verb)
}

function wrongVerb(value: Value, { verb, flags, width, precision }: Verb): string {
  if (flags !== '' || width > 0 || precision !== undefined)
    throw new UnknownToTemplates(`%${verb} with flags for a value of type ${typeOf(value)}`)
  return `%!${verb}(${typeOf(value)}=${formatValue(value)})`
}

function padNumber(text: string, verb: Verb): string {
  const isVerbose = verb.verb === 'v'
  const sign = text.startsWith('-') ? '-' : verb.flags.includes('+') && !isVerbose ? '+' : ''
  const blank = sign === '' && verb.flags.includes(' ') && !text.startsWith('+') ? ' ' : ''
  const digits = text.replace(/^[-+](?!Inf)/, '')
  const front = sign + blank
  if (!isFilled(verb)) return pad(front + digits, verb)
  if (!/^[\da-fA-F]/.test(digits)) throw unknownFilling()
  return front + digits.padStart(verb.width - front.length, '0')
}

function pad(text: string, { width, flags }: Verb): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (isFilled({ width, flags })) throw unknownFilling()
  const space = ' '.repeat(missing)
  return flags.includes('-') ? text + space : space + text
}

const isFilled = ({ flags, width }: Pick<Verb, 'flags' | 'width'>) =>
  width > 0 && flags.includes('0') && !flags.includes('-')
const unknownFilling = () =>
  new UnknownToTemplates('a format that fills with zeros what is no number')
