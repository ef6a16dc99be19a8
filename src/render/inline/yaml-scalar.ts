import { UnknownToTemplates } from './go-template/errors.ts'

const words = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
])

/** What a scalar without quotes is: resolve.go of go-yaml v2. */
export function resolveScalar(text: string): unknown {
  const word = words.get(text)
  if (word !== undefined) return word
  if (text === '<<') throw new UnknownToTemplates('the key << in YAML')
  if (/^[+-]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text))
    throw new UnknownToTemplates(`${text}, which JSON does not have`)
  if (!/^[-+.\d]/.test(text)) return text
  if (isDate(text)) return text
  if (/^\.[\d_]*_|^0b[+-]/.test(text)) throw new UnknownToTemplates(`the number ${text} in YAML`)
  const plain = text.replaceAll('_', '')
  const integer = readInteger(plain)
  if (integer !== undefined) {
    const number = Number(integer)
    if (!Number.isSafeInteger(number))
      throw new UnknownToTemplates(`an integer as large as ${text}`)
    return number
  }
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return text
  const number = Number(plain)
  return Number.isFinite(number) ? number : text
}

// Its text is kept: `2024-01-31`, which is no number in any case.
function isDate(text: string): boolean {
  return /^\d{4}-/.test(text)
}

function readInteger(plain: string): bigint | undefined {
  const match = /^([-+]?)(?:(0|[1-9]\d*)|(0[xX][\da-fA-F]+)|(0[bB][01]+)|0[oO]?([0-7]+))$/.exec(
    plain,
  )
  if (match === null) return undefined
  const [, sign, decimal, hex, binary, octal] = match
  const size = BigInt((decimal ?? hex ?? binary ?? `0o${octal}`).toLowerCase())
  const value = sign === '-' ? -size : size
  return value < 2n ** 64n && value >= -(2n ** 63n) ? value : undefined
}
