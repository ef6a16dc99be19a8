import { describe, expect, it } from 'vitest'
import { at, joinPath, withValue } from '../../../src/json/path.ts'

it('finds a value, and nothing that an object inherits', () => {
  expect(at({ a: { b: [1] } }, 'a', 'b')).toEqual([1])
  expect(at({ a: [{ b: 1 }] }, 'a', 'b')).toBeUndefined()
  expect(at({}, 'constructor', 'name')).toBeUndefined()
})

describe('withValue', () => {
  it('makes the objects on the way', () => {
    const object = { a: 1 }
    expect(withValue(object, ['b', 'c'], 2)).toEqual({ a: 1, b: { c: 2 } })
    expect(object).toEqual({ a: 1 })
  })

  it('takes a key away for undefined, and makes nothing for it', () => {
    expect(withValue({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } })
    expect(withValue({}, ['a', 'b'], undefined)).toEqual({})
  })

  it('reads no inherited object', () => {
    expect(withValue({}, ['__proto__', 'a'], 1)).toEqual(JSON.parse('{"__proto__":{"a":1}}'))
  })
})

it('writes a path as people read it', () => {
  const keys = ['spec', 'files', '/etc/a', 'content']
  expect(keys.reduce(joinPath, '')).toBe('spec.files["/etc/a"].content')
})
