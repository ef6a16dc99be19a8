import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBodyBudget } from '../../../src/request/body-budget.ts'
import { parseObject } from '../../../src/request/check-request.ts'
import { depthCheck, maxDepth } from '../../../src/request/nesting.ts'
import { openBody } from '../../../src/request/read-body.ts'
import { BodyError } from '../../../src/request/request-error.ts'

const never = new Promise<never>(() => {})

/** Reads a body that comes in chunks of this size. */
async function read(text: string, size = 16_384) {
  const bytes = Buffer.from(text)
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += size)
      yield bytes.subarray(start, start + size)
  }
  const budget = createBodyBudget(Number.POSITIVE_INFINITY)
  return parseObject(await openBody({ chunks: chunks() }, budget, never).read())
}

it('reads every JSON object as JSON.parse does', () => {
  const string = fc.string({ unit: 'binary' })
  return fc.assert(
    fc.asyncProperty(
      fc.dictionary(string, fc.jsonValue({ stringUnit: 'binary' })),
      fc.integer({ min: 1, max: 40 }),
      async (value, size) => {
        const text = JSON.stringify(value)
        // Bytes that are no UTF-8, such as half a pair of surrogates, become U+FFFD, as in Go.
        expect(await read(text, size)).toEqual(JSON.parse(Buffer.from(text).toString()))
      },
    ),
  )
})

it('reads null as an empty request, as Go does', async () => {
  expect(await read('null')).toEqual({})
})

it.each(['', '{', '{"a":1}x', "{'a':1}", 'undefined', '{"a":"\\', '"', '{"a":"'])(
  'refuses %j without quoting it',
  async (text) => {
    await expect(read(text)).rejects.toThrow(
      new BodyError('error unmarshalling request: the body is not JSON'),
    )
  },
)

it.each(['[]', '1', '"text"', 'true'])('refuses %j, which is no object', async (text) => {
  await expect(read(text)).rejects.toThrow(
    new BodyError('error unmarshalling request: the body is not a JSON object'),
  )
})

const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

it('reads nesting up to the limit and refuses what is deeper', async () => {
  expect(await read(nested(maxDepth))).toHaveProperty('a')
  await expect(read(nested(maxDepth + 1))).rejects.toThrow(/nested deeper than 1000 levels/)
  await expect(read('['.repeat(1_000_000))).rejects.toThrow(/nested deeper/)
})

it('does not count brackets in strings, nor those that are closed', async () => {
  const text = JSON.stringify({
    a: `\\"${'[{'.repeat(maxDepth)}\\\\`,
    b: Array(maxDepth + 1).fill([]),
  })
  expect(await read(text)).toEqual(JSON.parse(text))
})

it('gives keys such as __proto__ no meaning', async () => {
  const value = await read('{"__proto__":{"polluted":true}}')
  expect(Object.keys(value)).toEqual(['__proto__'])
  expect('polluted' in {}).toBe(false)
})

it('keeps little of a body that comes in single bytes', async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const heap = () => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const start = heap()
  let held = 0
  async function* chunks() {
    const space = Buffer.from(' ')
    for (let index = 0; index < 200_000; index++) yield space
    held = heap() - start
  }
  const budget = createBodyBudget(Number.POSITIVE_INFINITY)
  await openBody({ chunks: chunks() }, budget, never).read()
  expect(held).toBeLessThan(5_000_000)
})

it('finds the depth of JSON wherever it is cut into chunks', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
      : 0
  const cut = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(fc.jsonValue(), cut, fc.integer({ min: 0, max: 6 }), (value, size, limit) => {
      const bytes = Buffer.from(JSON.stringify(value))
      const exceeds = depthCheck(limit)
      let deeper = false
      for (let start = 0; start < bytes.length && !deeper; start += size)
        deeper = exceeds(bytes.subarray(start, start + size))
      expect(deeper).toBe(depthOf(value) > limit)
    }),
  )
})
