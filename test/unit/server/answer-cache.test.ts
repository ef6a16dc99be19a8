import { expect, it, vi } from 'vitest'
import { answerCache } from '../../../src/server/answer-cache.ts'

it('keeps as many answers as it may, those that were used last', async () => {
  const cache = answerCache<string>({ entries: 2, lifetimeMilliseconds: () => 1, now: () => 0 })
  const asked: string[] = []
  const ask = (question: string) =>
    cache(question, async () => {
      asked.push(question)
      return question.toUpperCase()
    })
  for (const question of ['a', 'b', 'a', 'c', 'a', 'b'])
    expect(await ask(question)).toBe(question.toUpperCase())
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})

it('keeps an answer from when it came, not from when it was asked or used', async () => {
  let now = 0
  const cache = answerCache({ entries: 2, lifetimeMilliseconds: () => 10, now: () => now })
  const ask = vi.fn(async () => {
    now += 5
    return now
  })
  expect(await cache('a', ask)).toBe(5)
  now = 14
  expect(await cache('a', ask)).toBe(5)
  now = 15
  expect(await cache('a', ask)).toBe(20)
})

it('does not ask the same question twice at a time, and another one at once', async () => {
  const cache = answerCache<string>({ entries: 1, lifetimeMilliseconds: () => 0, now: () => 0 })
  const { promise, resolve } = Promise.withResolvers<string>()
  const slow = vi.fn(() => promise)
  const answers = [cache('slow', slow), cache('slow', slow)]
  expect(await cache('fast', async () => 'yes')).toBe('yes')
  resolve('at last')
  expect(await Promise.all(answers)).toEqual(['at last', 'at last'])
  expect(slow).toHaveBeenCalledTimes(1)
})
