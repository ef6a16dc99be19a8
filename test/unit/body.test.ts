import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BodyError, maxDepth, parseBody } from '../../src/body.ts'

it('reads every JSON object as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value)
      expect(parseBody(text)).toEqual(JSON.parse(text))
    }),
  )
})

it('reads null as an empty request, as Go does', () => {
  expect(parseBody('null')).toEqual({})
})

it.each(['', '{', '{"a":1}x', "{'a':1}", 'undefined', '{"a":"\\', '"', '{"a":"'])(
  'refuses %j without quoting it',
  (text) => {
    expect(() => parseBody(text)).toThrow(
      new BodyError('error unmarshalling request: the body is not JSON'),
    )
  },
)

it.each(['[]', '1', '"text"', 'true'])('refuses %j, which is no object', (text) => {
  expect(() => parseBody(text)).toThrow(
    new BodyError('error unmarshalling request: the body is not a JSON object'),
  )
})

const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

it('reads nesting up to the limit and refuses what is deeper', () => {
  expect(parseBody(nested(maxDepth))).toHaveProperty('a')
  expect(() => parseBody(nested(maxDepth + 1))).toThrow(/nested deeper than 1000 levels/)
  expect(() => parseBody('['.repeat(1_000_000))).toThrow(/nested deeper/)
})

it('does not count brackets in strings, nor those that are closed', () => {
  const text = JSON.stringify({
    a: `\\"${'[{'.repeat(maxDepth)}\\\\`,
    b: Array(maxDepth + 1).fill([]),
  })
  expect(parseBody(text)).toEqual(JSON.parse(text))
})

it('gives keys such as __proto__ no meaning', () => {
  const value = parseBody('{"__proto__":{"polluted":true}}')
  expect(Object.keys(value)).toEqual(['__proto__'])
  expect('polluted' in {}).toBe(false)
})
