import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clone } from '../../../src/json/clone.ts'
import { json } from './arbitrary-json.ts'

it('gives an equal value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(clone(value)).toEqual(value)
    }),
  )
})

it('shares no object and no list', () => {
  const original = { a: [{ b: { c: 1 } }] }
  const copy = clone(original)
  expect(copy.a).not.toBe(original.a)
  expect(copy.a[0]).not.toBe(original.a[0])
  expect(copy.a[0]?.b).not.toBe(original.a[0]?.b)
})

it('keeps a key __proto__ a key', () => {
  const copy = clone(JSON.parse('{"__proto__":{"polluted":true},"a":1}'))
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true},"a":1}')
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  expect(copy).not.toHaveProperty('polluted')
})
