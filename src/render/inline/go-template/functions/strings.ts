import { TemplateError, UnknownToTemplates } from '../errors.ts'
import { formatValue } from '../format.ts'
import { decode } from '../literals.ts'
import { quote } from '../quote.ts'
import { takes, takesMore } from '../signature.ts'
import { dictionary, list, type Value } from '../values.ts'
import { textOf, textsOf } from './text-of.ts'

const space = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`

/** Sprig's functions for texts. Lengths and places count bytes, as Go does. */
export const strings = {
  trim: takes(['string'], (text) => text.replace(new RegExp(`^${space}+|${space}+$`, 'g'), '')),
  trimAll: takes(['string', 'string'], trimAll),
  trimall: takes(['string', 'string'], trimAll),
  trimPrefix: takes(['string', 'string'], (prefix, text) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: takes(['string', 'string'], (suffix, text) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  nospace: takes(['string'], (text) => {
    // Sprig breaks other characters here.
    if (/\P{ASCII}/u.test(text)) throw new UnknownToTemplates(`nospace of the text "${text}"`)
    return text.replace(new RegExp(space, 'g'), '')
  }),
  upper: takes(['string'], (text) => mapCharacters(text, (character) => character.toUpperCase())),
  lower: takes(['string'], (text) => mapCharacters(text, (character) => character.toLowerCase())),
  title: takes(['string'], (text) =>
    text.replace(/(?<![\p{L}\p{Nd}_]|[^\p{ASCII}\s])[\p{L}]/gu, (letter) =>
      mapCharacters(letter, (character) => character.toUpperCase()),
    ),
  ),
  repeat: takes(['int', 'string'], (count, text) => repeat(text, count)),
  replace: takes(['string', 'string', 'string'], (old, next, text) =>
    old === '' ? next + [...text].map((part) => part + next).join('') : text.split(old).join(next),
  ),
  contains: takes(['string', 'string'], (part, text) => text.includes(part)),
  hasPrefix: takes(['string', 'string'], (prefix, text) => text.startsWith(prefix)),
  hasSuffix: takes(['string', 'string'], (suffix, text) => text.endsWith(suffix)),
  quote: takesMore([], 'any', (...values) =>
    present(values)
      .map((value) => quote(textOf(value)))
      .join(' '),
  ),
  squote: takesMore([], 'any', (...values) =>
    present(values)
      .map((value) => `'${formatValue(value)}'`)
      .join(' '),
  ),
  cat: takesMore([], 'any', (...values) => present(values).map(formatValue).join(' ')),
  indent: takes(['int', 'string'], indent),
  nindent: takes(['int', 'string'], (spaces, text) => `\n${indent(spaces, text)}`),
  plural: takes(['string', 'string', 'int'], (one, many, count) => (count === 1 ? one : many)),
  trunc: takes(['int', 'string'], (count, text) => {
    const { length } = Buffer.from(text)
    if (count < 0) return length + count > 0 ? bytes(text, length + count, length) : text
    return length > count ? bytes(text, 0, count) : text
  }),
  substr: takes(['int', 'int', 'string'], (start, end, text) => {
    const { length } = Buffer.from(text)
    if (start < 0) return bytes(text, 0, end)
    return bytes(text, start, end < 0 || end > length ? length : end)
  }),
  toString: takes(['any'], textOf),
  toStrings: takes(['any'], textsOf),
  join: takes(['string', 'any'], (separator, value) => textsOf(value).items.join(separator)),
  split: takes(['string', 'string'], (separator, text) => numbered(splitText(text, separator))),
  splitn: takes(['string', 'int', 'string'], (separator, count, text) =>
    numbered(splitUpTo(text, separator, count)),
  ),
  splitList: takes(['string', 'string'], (separator, text) =>
    list(splitText(text, separator), 'string'),
  ),
}

const present = (values: readonly Value[]) => values.filter((value) => value !== null)
// Without a separator Go splits between characters, and JavaScript between their halves.
const splitText = (text: string, separator: string) =>
  separator === '' ? [...text] : text.split(separator)

function numbered(parts: readonly string[]) {
  return dictionary(
    parts.map((part, index) => [`_${index}`, part]),
    'string',
  )
}

function splitUpTo(text: string, separator: string, count: number): string[] {
  const parts = splitText(text, separator)
  if (count < 0 || parts.length <= count) return parts
  if (count === 0) return []
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

function repeat(text: string, count: number): string {
  if (count < 0) throw new TemplateError('strings: negative Repeat count')
  if (count * text.length > 1e6) throw new UnknownToTemplates(`a text of ${count} times another`)
  return text.repeat(count)
}

function indent(spaces: number, text: string): string {
  const space = repeat(' ', spaces)
  return space + text.replaceAll('\n', `\n${space}`)
}

function trimAll(characters: string, text: string): string {
  const cut = new Set(characters)
  const all = [...text]
  const first = all.findIndex((character) => !cut.has(character))
  const last = all.findLastIndex((character) => !cut.has(character))
  return first < 0 ? '' : all.slice(first, last + 1).join('')
}

// Go changes one character into one other: `ß` stays as it is.
function mapCharacters(text: string, change: (character: string) => string): string {
  return [...text]
    .map((character) => {
      const changed = change(character)
      if ([...changed].length === 1) return changed
      throw new UnknownToTemplates(`the upper or lower case of ${character}`)
    })
    .join('')
}

function bytes(text: string, start: number, end: number): string {
  const all = Buffer.from(text)
  if (start < 0 || start > end || end > all.length)
    throw new TemplateError(`slice bounds out of range [${start}:${end}] with length ${all.length}`)
  return decode(all.subarray(start, end))
}
