import fc from 'fast-check'
import { applyPatch } from 'rfc6902'
import { describe, expect, it } from 'vitest'
import { clone } from '../../../src/json/clone.ts'
import { diff, equal } from '../../../src/json/diff.ts'
import { json, jsonObject, reversed } from './arbitrary-json.ts'

// JSON.parse makes an own key of __proto__, as a request does; an object literal does not.
const parse = (text: string): unknown => JSON.parse(text)

describe('diff', () => {
  it('makes the second value of the first', () => {
    fc.assert(
      fc.property(jsonObject, jsonObject, (original, modified) => {
        const copy = clone(original)
        const errors = applyPatch(copy, [...diff(original, modified)])
        expect(errors.filter(Boolean)).toEqual([])
        expect(copy).toEqual(modified)
      }),
      { numRuns: 2000 },
    )
  })

  it('depends on the values alone, not on the order of keys', () => {
    fc.assert(
      fc.property(json, json, (original, modified) => {
        expect(diff(reversed(original), reversed(modified))).toEqual(diff(original, modified))
      }),
    )
  })

  it('leaves both values as they are', () => {
    fc.assert(
      fc.property(json, json, (original, modified) => {
        const before = clone([original, modified])
        diff(original, modified)
        expect([original, modified]).toEqual(before)
      }),
    )
  })

  it.each([
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    [
      'sorted keys',
      { z: 1, m: 1 },
      { z: 2, a: 1, c: 1 },
      [
        { op: 'add', path: '/a', value: 1 },
        { op: 'add', path: '/c', value: 1 },
        { op: 'remove', path: '/m' },
        { op: 'replace', path: '/z', value: 2 },
      ],
    ],
    [
      'an item in front',
      { a: [1, 2, 3] },
      { a: [0, 1, 2, 3] },
      [{ op: 'add', path: '/a/0', value: 0 }],
    ],
    ['an item at the end', [1], [1, 2], [{ op: 'add', path: '/1', value: 2 }]],
    [
      'a changed item',
      [1, { b: 2 }, 3],
      [1, { b: 4 }, 3],
      [{ op: 'replace', path: '/1/b', value: 4 }],
    ],
    [
      'items taken out, the last first',
      [1, 2, 3, 4],
      [1, 4],
      [
        { op: 'remove', path: '/2' },
        { op: 'remove', path: '/1' },
      ],
    ],
    ['another type', { a: [] }, { a: {} }, [{ op: 'replace', path: '/a', value: {} }]],
    ['null', { a: null }, { a: { b: 1 } }, [{ op: 'replace', path: '/a', value: { b: 1 } }]],
    [
      'undefined as absent',
      { a: 1 },
      { a: undefined, b: undefined },
      [{ op: 'remove', path: '/a' }],
    ],
    ['escaped keys', {}, { 'a/b~c': 1 }, [{ op: 'add', path: '/a~1b~0c', value: 1 }]],
    ['an empty key', { '': 1 }, { '': 2 }, [{ op: 'replace', path: '/', value: 2 }]],
    ['inherited names', {}, { toString: 1 }, [{ op: 'add', path: '/toString', value: 1 }]],
    ['the whole value', 1, 'a', [{ op: 'replace', path: '', value: 'a' }]],
    [
      'a key __proto__',
      parse('{"a":{"__proto__":1}}'),
      parse('{"a":{"__proto__":{"b":1}},"__proto__":2}'),
      [
        { op: 'add', path: '/__proto__', value: 2 },
        { op: 'replace', path: '/a/__proto__', value: { b: 1 } },
      ],
    ],
    ['no key __proto__', parse('{"__proto__":1}'), {}, [{ op: 'remove', path: '/__proto__' }]],
  ])('writes %s', (_, original, modified, operations) => {
    expect(diff(original, modified)).toEqual(operations)
  })
})

it.each([
  [{ a: 1, b: [{}] }, { b: [{}], a: 1 }, true],
  [{}, [], false],
  [{ a: undefined }, {}, true],
  [{ a: null }, {}, false],
  [{}, parse('{"__proto__":{}}'), false],
])('equal(%j, %j) is %s', (left, right, expected) => {
  expect(equal(left, right)).toBe(expected)
})
