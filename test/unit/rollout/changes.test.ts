import { expect, it } from 'vitest'
import { changesOf } from '../../../src/rollout/changes.ts'

/** The changes of a list of files, as texts. */
const changes = (before: unknown, after: unknown) =>
  changesOf({ list: before }, { list: after }, 'T').map(
    ({ path, before, after }) => `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
  )
const file = (path: string, content = path) => ({ path, content })

it.each<[name: string, before: unknown, after: unknown, changes: string[]]>([
  [
    'an item that comes first',
    [file('b')],
    [file('a'), file('b')],
    ['list[0]: undefined -> {"path":"a","content":"a"}'],
  ],
  [
    'an item that is gone',
    [file('a'), file('b')],
    [file('b')],
    ['list[0]: {"path":"a","content":"a"} -> undefined'],
  ],
  [
    'a field of an item that has moved',
    [file('b')],
    [file('a'), file('b', 'c')],
    ['list[1].content: "b" -> "c"', 'list[0]: undefined -> {"path":"a","content":"a"}'],
  ],
  [
    'another order',
    [file('a'), file('b')],
    [file('b'), file('a')],
    ['list: ["a","b"] -> ["b","a"]'],
  ],
  ['a command that comes first', ['b', 'c'], ['a', 'b', 'c'], ['list[0]: undefined -> "a"']],
  ['a command that changes', ['a', 'b', 'c'], ['a', 'x', 'c'], ['list[1]: "b" -> "x"']],
  [
    'commands that are not unlike',
    ['a', 'a', 'b'],
    ['a', 'a', 'a', 'b'],
    ['list[2]: undefined -> "a"'],
  ],
  ['items without a name', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], ['list[1].a: 2 -> 3']],
  ['a list that comes', undefined, ['a'], ['list: undefined -> ["a"]']],
  ['an empty object that comes', { a: 1 }, { a: 1, b: {} }, ['list.b: undefined -> {}']],
])('%s', (_, before, after, expected) => {
  expect(changes(before, after)).toEqual(expected)
})

it('does not look at the order of keys', () => {
  expect(changesOf({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }, 'T')).toEqual([])
})
