import { TemplateError, UnknownToTemplates } from '../errors.ts'
import { sortedKeys } from '../kinds.ts'
import { refuseOrder } from '../order.ts'
import { takes } from '../signature.ts'
import { toValue } from '../to-value.ts'
import type { Value } from '../values.ts'
import { versionText } from '../version.ts'

const escapes: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
}

/** Sprig's functions for JSON, as encoding/json of Go writes it. */
export const json = {
  toJson: takes(['any'], (value) => write(value)),
  mustToJson: takes(['any'], (value) => write(value)),
  toPrettyJson: takes(['any'], (value) => write(value, '\n')),
  mustToPrettyJson: takes(['any'], (value) => write(value, '\n')),
  toRawJson: takes(['any'], (value) => withoutEscapes(write(value))),
  mustToRawJson: takes(['any'], (value) => withoutEscapes(write(value))),
  fromJson: takes(['string'], (text) => read(text) ?? null),
  mustFromJson: takes(['string'], (text) => {
    const value = read(text)
    if (value === undefined) throw new TemplateError('invalid JSON')
    return value
  }),
}

function withoutEscapes(text: string): string {
  return text.replace(/\\u003[ce]|\\u0026|\\\\/g, (found) => {
    const [character = found] =
      Object.entries(escapes).find(([, escaped]) => escaped === found) ?? []
    return character
  })
}

function read(text: string): Value {
  try {
    const value: unknown = JSON.parse(text, (_, value: unknown) => {
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
        throw new UnknownToTemplates('a number in JSON that no float64 can be')
      return value
    })
    return toValue(value)
  } catch (error) {
    if (error instanceof UnknownToTemplates) throw error
    return undefined
  }
}

/** JSON with sorted keys; with a line break, in lines that are indented by two spaces a level. */
function write(value: Value, lineBreak = ''): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return writeText(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new UnknownToTemplates('JSON of a number that is none')
    return Object.is(value, -0) ? '-0' : String(value)
  }
  const deeper = lineBreak === '' ? '' : `${lineBreak}  `
  const around = (open: string, parts: readonly string[], close: string) =>
    parts.length === 0 ? open + close : open + deeper + parts.join(`,${deeper}`) + lineBreak + close
  if (value.kind === 'slice') {
    if (value.isNil) return 'null'
    return around(
      '[',
      refuseOrder(value).items.map((item) => write(item, deeper)),
      ']',
    )
  }
  if (value.kind === 'map') {
    if (value.isNil) return 'null'
    const { entries } = value
    const colon = lineBreak === '' ? ':' : ': '
    const pairs = sortedKeys(entries).map(
      (key) => writeText(key) + colon + write(entries.get(key), deeper),
    )
    return around('{', pairs, '}')
  }
  return value.kind === 'ptr' ? writeText(versionText(value)) : String(value.value)
}

function writeText(text: string): string {
  return JSON.stringify(text)
    .replace(/[<>&]/g, (character) => escapes[character] ?? character)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
