import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createBodyBudget } from '../../src/body-budget.ts'

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

it('lets bodies in up to the limit, and the next when one is released', async () => {
  const budget = createBodyBudget(100)
  const [one, two] = [budget.open(), budget.open()]
  await one.add(60, never)
  one.complete()
  const waits = two.add(60, never)
  expect(await settled(waits)).toBe(false)
  one.release()
  await waits
  expect(budget.held).toBe(60)
  two.release()
  two.release()
  expect(budget.held).toBe(0)
})

it('lets the first go on when all that others hold is incomplete', async () => {
  const budget = createBodyBudget(100)
  const [one, two] = [budget.open(), budget.open()]
  await one.add(50, never)
  await two.add(30, never)
  const later = two.add(10, never)
  await one.add(40, never)
  one.complete()
  expect(await settled(later)).toBe(false)
  one.release()
  await later
})

it('keeps room for small bodies beside large ones that wait', async () => {
  const budget = createBodyBudget(100)
  const [first, second, small] = [budget.open(), budget.open(), budget.open()]
  await first.add(60, never)
  await second.add(27, never)
  expect(await settled(second.add(2, never))).toBe(false)
  // The first goes on, beyond the limit.
  await first.add(30, never)
  await small.add(1, never)
  expect(budget.held).toBe(118)
})

it('ends a wait when its end comes, and gives back what was held', async () => {
  const budget = createBodyBudget(100)
  const [one, two] = [budget.open(), budget.open()]
  await one.add(100, never)
  one.complete()
  await expect(two.add(20, Promise.reject(new Error('late')))).rejects.toThrow('late')
  two.release()
  one.release()
  expect(budget.held).toBe(0)
})

it('gets every body done, and never holds more than twice the limit', async () => {
  const body = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.array(body, { maxLength: 20 }), async (bodies) => {
      const budget = createBodyBudget(100)
      let most = 0
      await Promise.all(
        bodies.map(async (chunks) => {
          const held = budget.open()
          for (const chunk of chunks) {
            await held.add(chunk, never)
            most = Math.max(most, budget.held)
            await new Promise(setImmediate)
          }
          held.complete()
          await new Promise(setImmediate)
          held.release()
        }),
      )
      expect(most).toBeLessThanOrEqual(200)
      expect(budget.held).toBe(0)
    }),
  )
})
