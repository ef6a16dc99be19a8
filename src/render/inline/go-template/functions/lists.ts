import { TemplateError, UnknownToTemplates } from '../errors.ts'
import { compareStrings, isTrue, kindOf } from '../kinds.ts'
import { takes, takesMore } from '../signature.ts'
import { isList, type List, list, nilList, type Value } from '../values.ts'
import { toNumber } from './cast.ts'
import { deepEqual } from './deep-equal.ts'
import { textOf, textsOf } from './text-of.ts'

const edges = {
  first: takes(['any'], (value) => itemsOf(value, 'first').at(0) ?? null),
  last: takes(['any'], (value) => itemsOf(value, 'last').at(-1) ?? null),
  rest: takes(['any'], (value) => unlessEmpty(itemsOf(value, 'rest'), (items) => items.slice(1))),
  initial: takes(['any'], (value) =>
    unlessEmpty(itemsOf(value, 'initial'), (items) => items.slice(0, -1)),
  ),
  append: takes(['any', 'any'], (value, item) => list([...itemsOf(value, 'append'), item])),
  prepend: takes(['any', 'any'], (value, item) => list([item, ...itemsOf(value, 'prepend')])),
  reverse: takes(['any'], (value) => list(itemsOf(value, 'reverse').toReversed())),
  compact: takes(['any'], (value) => list(itemsOf(value, 'compact').filter(isTrue))),
  uniq: takes(['any'], (value) => list(unique(itemsOf(value, 'uniq')))),
  without: takesMore(['any'], 'any', (value, ...others) =>
    list(itemsOf(value, 'without').filter((item) => !includes(others, item))),
  ),
  has: takes(
    ['any', 'any'],
    (item, value) => value !== null && includes(itemsOf(value, 'has'), item),
  ),
  slice: takesMore(['any'], 'any', slice),
  chunk: takes(['int', 'any'], (size, value) =>
    list(chunk(size, itemsOf(value, 'chunk')), '[]interface {}'),
  ),
}

/** Sprig's functions for lists. Those with `must` in front do the same. */
export const lists = {
  ...edges,
  ...Object.fromEntries(
    Object.entries(edges).map(([name, goFunction]) => [
      `must${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      goFunction,
    ]),
  ),
  push: edges.append,
  mustPush: edges.append,
  list: takesMore([], 'any', (...values) => list(values)),
  tuple: takesMore([], 'any', (...values) => list(values)),
  concat: takesMore([], 'any', (...values) => {
    const items = values.flatMap((value) => itemsOf(value, 'concat'))
    return items.length === 0 ? nilList() : list(items)
  }),
  sortAlpha: takes(['any'], sortAlpha),
}

function itemsOf(value: Value, name: string): readonly Value[] {
  if (isList(value)) return value.items
  throw new TemplateError(`Cannot ${name} on type ${kindOf(value)}`)
}

function unlessEmpty(items: readonly Value[], take: (items: readonly Value[]) => Value[]): List {
  return items.length === 0 ? nilList() : list(take(items))
}

const includes = (items: readonly Value[], item: Value) =>
  items.some((other) => deepEqual(item, other))

function unique(items: readonly Value[]): Value[] {
  return items.filter((item, index) => !includes(items.slice(0, index), item))
}

function slice(value: Value, ...indices: readonly Value[]): Value {
  const items = itemsOf(value, 'slice')
  if (items.length === 0) return null
  const start = indices.length > 0 ? toNumber(indices[0]) : 0
  const end = indices.length > 1 ? toNumber(indices[1]) : items.length
  if (start < 0 || start > end) throw new TemplateError('slice index out of bounds')
  // Go may have room behind the last item, and shows it.
  if (end > items.length) throw new UnknownToTemplates('a slice that ends behind the last item')
  return list(items.slice(start, end), isList(value) ? value.elementType : undefined)
}

function chunk(size: number, items: readonly Value[]): Value[] {
  if (size <= 0) throw new UnknownToTemplates(`chunks of ${size} items`)
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) =>
    list(items.slice(index * size, (index + 1) * size)),
  )
}

// Sorts a list of texts in place, as Go does.
function sortAlpha(value: Value): List {
  if (!isList(value)) return list([textOf(value)], 'string')
  const texts = textsOf(value)
  texts.items.sort((first, second) => compareStrings(textOf(first), textOf(second)))
  texts.isUnordered = false
  return texts
}
