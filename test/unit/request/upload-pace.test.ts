import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchPace } from '../../../src/request/upload-pace.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** After how many seconds a body is cut off whose byte count at each quarter of a second is given; the last one stays. */
function cutAfter(length: number, counts: number[], othersWait: (seconds: number) => boolean) {
  let cut: number | undefined
  let seconds = 0
  const pace = watchPace(
    length,
    () => othersWait(seconds),
    () => {
      cut ??= seconds
    },
  )
  for (let quarter = 0; quarter < 60 && cut === undefined; quarter++) {
    pace.arrived(counts[Math.min(quarter, counts.length - 1)] ?? 0)
    seconds = (quarter + 1) / 4
    vi.advanceTimersByTime(250)
  }
  pace.stop()
  return cut
}
const always = () => true

it('cuts a body off that brings no byte for 2 seconds', () => {
  expect(cutAfter(1000, [0], always)).toBe(2)
  expect(cutAfter(1000, [999], always)).toBe(2.25)
})

it('cuts a body off that brings less than half of it in 2 seconds', () => {
  const rising = (step: number) => Array.from({ length: 60 }, (_, index) => index * step)
  expect(cutAfter(1000, rising(60), always)).toBe(2)
  expect(cutAfter(1000, [...rising(80).slice(0, 12), 1000], always)).toBeUndefined()
})

it('lets a body take its time while nobody waits, and cuts it off when somebody comes', () => {
  expect(cutAfter(1000, [0], () => false)).toBeUndefined()
  expect(cutAfter(1000, [0], (seconds) => seconds >= 7)).toBe(7)
})

it('asks for no more than what is left', () => {
  expect(cutAfter(1000, [0, 900, 950, 1000], always)).toBeUndefined()
})

it('stops with its timer', () => {
  const pace = watchPace(1000, always, () => {})
  expect(vi.getTimerCount()).toBe(1)
  pace.stop()
  expect(vi.getTimerCount()).toBe(0)
})
