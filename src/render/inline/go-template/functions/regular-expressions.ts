import { takes } from '../signature.ts'
import { list, nilList } from '../values.ts'
import { compile, expand, isPattern, matchesOf, replace } from './patterns.ts'

const match = takes(
  ['string', 'string'],
  (pattern, text) => matchesOf(compile(pattern), text, 1).length > 0,
)
const find = takes(
  ['string', 'string'],
  (pattern, text) => matchesOf(compile(pattern), text, 1)[0]?.groups[0] ?? '',
)
const findAll = takes(['string', 'string', 'int'], (pattern, text, count) => {
  const found = matchesOf(compile(pattern), text, count).map(({ groups }) => groups[0])
  return found.length === 0 ? nilList('string') : list(found, 'string')
})
const replaceAll = takes(['string', 'string', 'string'], (pattern, text, replacement) => {
  const expression = compile(pattern)
  return replace(expression, text, (match) => expand(replacement, match, expression))
})
const replaceAllLiteral = takes(['string', 'string', 'string'], (pattern, text, replacement) =>
  replace(compile(pattern), text, () => replacement),
)
const split = takes(['string', 'string', 'int'], (pattern, text, count) => {
  const expression = compile(pattern)
  if (count === 0) return nilList('string')
  if (pattern !== '' && text === '') return list([''], 'string')
  const parts: string[] = []
  let [from, end] = [0, 0]
  for (const found of matchesOf(expression, text, count)) {
    if (count > 0 && parts.length === count - 1) break
    end = found.start
    if (found.end !== 0) parts.push(text.slice(from, end))
    from = found.end
  }
  if (end !== text.length) parts.push(text.slice(from))
  return list(parts, 'string')
})

/** Sprig's functions for regular expressions, those of RE2. */
export const regularExpressions = {
  // A pattern that is none matches nothing.
  regexMatch: takes(
    ['string', 'string'],
    (pattern, text) => isPattern(pattern) && match.call([pattern, text]),
  ),
  mustRegexMatch: match,
  regexFind: find,
  mustRegexFind: find,
  regexFindAll: findAll,
  mustRegexFindAll: findAll,
  regexReplaceAll: replaceAll,
  mustRegexReplaceAll: replaceAll,
  regexReplaceAllLiteral: replaceAllLiteral,
  mustRegexReplaceAllLiteral: replaceAllLiteral,
  regexSplit: split,
  mustRegexSplit: split,
  regexQuoteMeta: takes(['string'], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
}
