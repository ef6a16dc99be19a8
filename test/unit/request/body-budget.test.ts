import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBodyBudget } from '../../../src/request/body-budget.ts'

const never = new Promise<never>(() => {})

/** Whether a promise has settled, after all that could settle it has run. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  let done = false
  promise.then(
    () => (done = true),
    () => (done = true),
  )
  await new Promise(setImmediate)
  return done
}

it('lets bodies in up to the limit, and the next when there is room', async () => {
  const budget = createBodyBudget(100)
  const one = await budget.reserve(60, never)
  const waiting = budget.reserve(60, never)
  expect(await settled(waiting)).toBe(false)
  expect(budget.isCrowded).toBe(true)
  one.keep(41)
  expect(await settled(waiting)).toBe(false)
  one.keep(40)
  const two = await waiting
  expect(budget).toMatchObject({ held: 100, isCrowded: false })
  one.keep(0)
  one.keep(0)
  two.keep(0)
  expect(budget.held).toBe(0)
})

it('lets the smallest in first, and of equal ones the first', async () => {
  const budget = createBodyBudget(100)
  const one = await budget.reserve(90, never)
  const entered: string[] = []
  const enter = async (name: string, bytes: number) => {
    await budget.reserve(bytes, never)
    entered.push(name)
  }
  const all = [enter('large', 50), enter('first', 20), enter('second', 20), enter('fits', 10)]
  expect(await settled(Promise.all(all))).toBe(false)
  expect(entered).toEqual(['fits'])
  one.keep(0)
  await Promise.all(all)
  expect(entered).toEqual(['fits', 'first', 'second', 'large'])
})

it('lets a large body in after two seconds, however many smaller ones come', async () => {
  let now = 0
  const budget = createBodyBudget(100, () => now)
  let first = await budget.reserve(40, never)
  let second = await budget.reserve(40, never)
  const large = budget.reserve(80, never)
  for (; now < 2000; now += 500) {
    first.keep(0)
    first = second
    second = await budget.reserve(40, never)
  }
  first.keep(0)
  const late = budget.reserve(40, never)
  // Those that fit beside the large one need not wait for it.
  const small = await budget.reserve(20, never)
  expect(await settled(late)).toBe(false)
  second.keep(0)
  await large
  expect(await settled(late)).toBe(false)
  expect(budget.held).toBe(100)
  small.keep(0)
  expect(budget.held).toBe(80)
})

it('ends a wait when its end comes, and lets the next one in', async () => {
  const budget = createBodyBudget(100)
  const one = await budget.reserve(60, never)
  const { promise: end, reject } = Promise.withResolvers<never>()
  const large = budget.reserve(80, end)
  const larger = budget.reserve(90, never)
  reject(new Error('late'))
  await expect(large).rejects.toThrow('late')
  one.keep(0)
  await larger
  expect(budget).toMatchObject({ held: 90, isCrowded: false })
})

it('gives back what it let in at the moment of the end', async () => {
  const budget = createBodyBudget(100)
  const one = await budget.reserve(100, never)
  const { promise: end, reject } = Promise.withResolvers<never>()
  const two = budget.reserve(100, end)
  reject(new Error('late'))
  one.keep(0)
  await two.then(
    (room) => room.keep(0),
    () => {},
  )
  expect(budget.held).toBe(0)
})

it('lets every body in, and never holds more than the limit', async () => {
  const body = fc.record({
    length: fc.integer({ min: 1, max: 100 }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(body, { maxLength: 20 }), async (bodies) => {
      const budget = createBodyBudget(100)
      let most = 0
      await Promise.all(
        bodies.map(async ({ length, part }) => {
          const room = await budget.reserve(length, never)
          most = Math.max(most, budget.held)
          await new Promise(setImmediate)
          room.keep(Math.floor(length * part))
          most = Math.max(most, budget.held)
          await new Promise(setImmediate)
          room.keep(0)
        }),
      )
      expect(most).toBeLessThanOrEqual(100)
      expect(budget).toMatchObject({ held: 0, isCrowded: false })
    }),
  )
})
