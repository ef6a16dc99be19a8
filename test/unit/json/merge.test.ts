import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyMergePatch, mergeDiff } from '../../../src/json/merge.ts'
import { jsonObject, reversed } from './arbitrary-json.ts'

const hasNull = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasNull))
const withoutNull = jsonObject.filter((value) => !hasNull(value))

// Of RFC 7386, appendix A.
it.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('a merge patch makes of %j with %j %j', (target, patch, expected) => {
  expect(applyMergePatch(target, patch)).toEqual(expected)
})

describe('mergeDiff', () => {
  it('makes the second object of the first', () => {
    fc.assert(
      fc.property(jsonObject, withoutNull, (original, modified) => {
        expect(applyMergePatch(original, mergeDiff(original, modified))).toEqual(modified)
      }),
      { numRuns: 1000 },
    )
  })

  it('depends on the values alone, not on the order of keys', () => {
    fc.assert(
      fc.property(jsonObject, withoutNull, (original, modified) => {
        expect(mergeDiff(reversed(original), reversed(modified))).toEqual(
          mergeDiff(original, modified),
        )
      }),
    )
  })

  it.each([
    ['nothing', { a: [1], b: { c: 1 } }, { b: { c: 1 }, a: [1] }, {}],
    ['a removed field', { a: { b: 1, c: 1 } }, { a: { b: 1 } }, { a: { c: null } }],
    ['a list as a whole', { a: [1, 2] }, { a: [2] }, { a: [2] }],
    ['an emptied object', { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
    ['a null that stays', { a: null, b: 1 }, { a: null, b: 2 }, { b: 2 }],
    ['a null in a list', { a: [] }, { a: [null] }, { a: [null] }],
    ['undefined as absent', { a: 1 }, { a: undefined, b: undefined }, { a: null }],
    ['another type', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('writes %s', (_, original, modified, patch) => {
    expect(mergeDiff(original, modified)).toEqual(patch)
  })

  it('keeps a key __proto__ a key', () => {
    const patch = mergeDiff({}, JSON.parse('{"__proto__":{"a":1}}'))
    expect(JSON.stringify(patch)).toBe('{"__proto__":{"a":1}}')
  })

  // The controller's library takes null fields out of lists, too, against the RFC.
  it.each([
    ['/a', { a: 1 }, { a: null }],
    ['/a/b~1c', { a: {} }, { a: { 'b/c': null } }],
    ['/a/0/b', { a: [] }, { a: [{ b: null }] }],
    ['/a/0/1/b', { a: [] }, { a: [[1, { b: null }]] }],
  ])('cannot set %s to null', (path, original, modified) => {
    expect(() => mergeDiff(original, modified)).toThrow(
      `a JSON merge patch cannot set ${path} to null: leave the field out, or use JSONPatch`,
    )
  })
})
