import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject } from '../../../src/json/json.ts'
import { mergeDiff } from '../../../src/topology/merge-patch.ts'
import { jsonObject, reversed } from './arbitrary-json.ts'

/** The algorithm of RFC 7386, section 2. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch))
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  return result
}

const hasNull = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasNull))
const withoutNull = jsonObject.filter((value) => !hasNull(value))

describe('mergeDiff', () => {
  it('makes the second object of the first', () => {
    fc.assert(
      fc.property(jsonObject, withoutNull, (original, modified) => {
        expect(mergePatch(original, mergeDiff(original, modified))).toEqual(modified)
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
