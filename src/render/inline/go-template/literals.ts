import { TemplateError, UnknownToTemplates } from './errors.ts'
import type { NumberLiteral } from './nodes.ts'

const maximumUnsigned = 2n ** 64n
const maximumSigned = 2n ** 63n

/** Reads a number as text/template/parse does: newNumber in node.go. */
export function readNumber(text: string): NumberLiteral {
  if (text.endsWith('i')) throw new UnknownToTemplates(`the complex number ${text}`)
  const integer = readInteger(text)
  if (integer !== undefined) {
    if (integer >= maximumSigned || integer < -maximumSigned) return tooLarge(text, integer)
    return { type: 'number', text, integer, float: Number(integer), isFloat: false }
  }
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    if (/_|p/i.test(text)) throw new UnknownToTemplates(`the number ${text}`)
    throw new TemplateError(`illegal number syntax: "${text}"`)
  }
  const float = Number(text)
  if (!Number.isFinite(float)) throw new TemplateError(`illegal number syntax: "${text}"`)
  if (!/[.e]/i.test(text)) throw new TemplateError(`integer overflow: "${text}"`)
  const isWhole = Number.isInteger(float) && Math.abs(float) < 2 ** 63
  return {
    type: 'number',
    text,
    integer: isWhole ? BigInt(float) : undefined,
    float,
    isFloat: true,
  }
}

// An integer that only fits without a sign is a float64 at most.
function tooLarge(text: string, integer: bigint): NumberLiteral {
  if (integer < 0n || integer >= maximumUnsigned)
    throw new TemplateError(`integer overflow: "${text}"`)
  return { type: 'number', text, integer: undefined, float: Number(integer), isFloat: false }
}

// strconv.ParseInt of Go with base 0: an underscore stands between digits or after the prefix.
function readInteger(text: string): bigint | undefined {
  const match =
    /^([+-]?)(?:(0|[1-9](?:_?\d)*)|(0x)((?:_?[\da-f])+)|(0b)((?:_?[01])+)|0o?((?:_?[0-7])+))$/i.exec(
      text,
    )
  if (match === null) return undefined
  const [, sign, decimal, , hex, , binary, octal] = match
  const digits = decimal ?? (hex && `0x${hex}`) ?? (binary && `0b${binary}`) ?? `0o${octal}`
  const value = BigInt(digits.replaceAll('_', ''))
  return sign === '-' ? -value : value
}

const escapes: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

/** The text of a string in quotes or backquotes: strconv.Unquote of Go. */
export function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return inner.replaceAll('\r', '')
  return readEscapes(inner, '"')
}

/** The number of a character constant such as 'a'. */
export function readCharacter(quoted: string): NumberLiteral {
  const text = readEscapes(quoted.slice(1, -1), "'")
  const codePoint = text.codePointAt(0)
  if (codePoint === undefined || String.fromCodePoint(codePoint) !== text)
    throw new TemplateError(`malformed character constant: ${quoted}`)
  return {
    type: 'number',
    text: quoted,
    integer: BigInt(codePoint),
    float: codePoint,
    isFloat: false,
  }
}

function readEscapes(inner: string, quote: '"' | "'"): string {
  const parts: Buffer[] = []
  const pattern =
    /\\(?:([abfnrtv\\'"])|x([\da-f]{2})|([0-7]{3})|u([\da-f]{4})|U([\da-f]{8})|(.|$))|[^\\]+/giu
  for (const [text, simple, hex, octal, ...rest] of inner.matchAll(pattern)) {
    const [short, long, wrong] = rest
    const codePoint = Number.parseInt(short ?? long ?? '', 16)
    if (simple === '"' || simple === "'") {
      if (simple !== quote) throw new TemplateError('invalid syntax')
      parts.push(Buffer.from(simple))
    } else if (simple !== undefined && escapes[simple] !== undefined)
      parts.push(Buffer.of(escapes[simple]))
    else if (hex !== undefined) parts.push(Buffer.of(Number.parseInt(hex, 16)))
    else if (octal !== undefined && Number.parseInt(octal, 8) < 256)
      parts.push(Buffer.of(Number.parseInt(octal, 8)))
    else if (codePoint <= 0x10ffff && !(codePoint >= 0xd800 && codePoint < 0xe000))
      parts.push(Buffer.from(String.fromCodePoint(codePoint)))
    else if (text.startsWith('\\') || wrong !== undefined) throw new TemplateError('invalid syntax')
    else parts.push(Buffer.from(text))
  }
  return decode(Buffer.concat(parts))
}

/** Bytes as text. Go's strings may be broken characters, JavaScript's may not. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UnknownToTemplates('a text with broken characters: its bytes are no UTF-8')
  }
}
