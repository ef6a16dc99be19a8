import { TemplateError } from '../errors.ts'
import { takes, takesMore } from '../signature.ts'
import { type Dictionary, dictionary, isDictionary, list, type Value } from '../values.ts'
import { merge, mergeOverwrite } from './merge.ts'
import { textOf } from './text-of.ts'

/** Sprig's functions for maps. Some change the map that they are given. */
export const dictionaries = {
  dict: takesMore([], 'any', (...values) => {
    const entries: [string, Value][] = []
    for (let index = 0; index < values.length; index += 2)
      entries.push([textOf(values[index]), index + 1 < values.length ? values[index + 1] : ''])
    return dictionary(entries)
  }),
  get: takes(['map', 'string'], ({ entries }, key) => (entries.has(key) ? entries.get(key) : '')),
  set: takes(['map', 'string', 'any'], (map, key, value) => {
    if (map.isNil) throw new TemplateError('assignment to entry in nil map')
    map.entries.set(key, value)
    return map
  }),
  unset: takes(['map', 'string'], (map, key) => {
    map.entries.delete(key)
    return map
  }),
  hasKey: takes(['map', 'string'], ({ entries }, key) => entries.has(key)),
  pluck: takesMore(['string'], 'map', (key, ...maps) =>
    list(maps.filter(({ entries }) => entries.has(key)).map(({ entries }) => entries.get(key))),
  ),
  keys: takesMore([], 'map', (...maps) =>
    list(
      maps.flatMap(({ entries }) => [...entries.keys()]),
      'string',
      true,
    ),
  ),
  values: takes(['map'], ({ entries }) => list([...entries.values()], 'interface {}', true)),
  pick: takesMore(['map'], 'string', ({ entries }, ...keys) =>
    dictionary([...entries].filter(([key]) => keys.includes(key))),
  ),
  omit: takesMore(['map'], 'string', ({ entries }, ...keys) =>
    dictionary([...entries].filter(([key]) => !keys.includes(key))),
  ),
  merge: takesMore(['map'], 'map', merge),
  mustMerge: takesMore(['map'], 'map', merge),
  mergeOverwrite: takesMore(['map'], 'map', mergeOverwrite),
  mustMergeOverwrite: takesMore(['map'], 'map', mergeOverwrite),
  dig: takesMore([], 'any', (...values) => {
    if (values.length < 3) throw new TemplateError('dig needs at least three arguments')
    const keys = values.slice(0, -2).map((key) => {
      if (typeof key !== 'string') throw new TemplateError('dig: a key is no string')
      return key
    })
    return dig(values.at(-1), values.at(-2), keys)
  }),
}

function dig(value: Value, fallback: Value, [key = '', ...others]: readonly string[]): Value {
  if (!isStepOfDig(value)) throw new TemplateError('dig: a value on the way is no map')
  if (!value.entries.has(key)) return fallback
  const next = value.entries.get(key)
  return others.length === 0 ? next : dig(next, fallback, others)
}

function isStepOfDig(value: Value): value is Dictionary {
  return isDictionary(value) && value.elementType === 'interface {}'
}
