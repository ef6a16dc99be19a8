import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DeadlineError, DisconnectError, startDeadline } from '../../../src/request/deadline.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})
const connected = new AbortController().signal

it.each([
  ['10s', 9500, 9600],
  ['1m30s', 28_500, 28_800],
  ['1s', 900, 920],
  ['200ms', 100, 120],
  ['20ms', 10, 12],
  // Cluster API waits 10 seconds unless told otherwise, and 30 at most.
  [undefined, 9500, 9600],
  ['', 9500, 9600],
  ['0s', 9500, 9600],
  ['soon', 9500, 9600],
  ['99999999h', 28_500, 28_800],
])('of %s ends the signal after %d ms, and the call after %d ms', async (timeout, end, passed) => {
  const deadline = startDeadline(timeout, connected)
  let over = false
  deadline.passed.catch(() => {
    over = true
  })
  await vi.advanceTimersByTimeAsync(end - 1)
  expect(deadline.signal.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(deadline.signal.reason).toBeInstanceOf(DeadlineError)
  expect(over).toBe(false)
  await vi.advanceTimersByTimeAsync(passed - end)
  expect(over).toBe(true)
})

it('comes when the controller disconnects', async () => {
  const client = new AbortController()
  const deadline = startDeadline('10s', client.signal)
  client.abort()
  expect(deadline.signal.reason).toBeInstanceOf(DisconnectError)
  await expect(deadline.passed).rejects.toBe(deadline.signal.reason)
  deadline.clear()
  expect(vi.getTimerCount()).toBe(0)
})
