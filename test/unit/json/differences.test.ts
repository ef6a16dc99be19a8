import { expect, it } from 'vitest'
import { differences } from '../../../src/json/differences.ts'

it.each([
  [1, 1, []],
  [1, 2, ['']],
  [null, undefined, ['']],
  [{ a: 1, b: { c: [1, { d: 2 }] } }, { a: 1, b: { c: [1, { d: 3 }, 4] } }, ['b.c[1].d', 'b.c[2]']],
  [{ a: { 'b/c': 1 } }, { a: {} }, ['a["b/c"]']],
  [{ a: [1] }, { a: { 0: 1 } }, ['a']],
  [{}, { a: {} }, ['a']],
  [{}, { a: { b: 1 } }, ['a']],
])('%j and %j differ', (left, right, paths) => {
  expect(differences(left, right)).toEqual(paths)
  expect(differences(right, left)).toEqual(paths)
})

it.each([
  [{}, { a: {} }, []],
  [{}, { a: { b: { c: {} } } }, []],
  [{}, { a: { b: 1, c: { d: [] } } }, ['a.b', 'a.c.d']],
  [{}, { a: null }, ['a']],
  [{ a: 1 }, { a: {} }, ['a']],
  [{}, { a: 1 }, ['a']],
])('%j and %j differ, where an empty object may be missing', (left, right, paths) => {
  expect(differences(left, right, '', 'absent')).toEqual(paths)
  expect(differences(right, left, '', 'absent')).toEqual(paths)
})
