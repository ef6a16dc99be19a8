import { expect, it } from 'vitest'
import { parseDuration } from '../../../src/contract/duration.ts'

it.each([
  ['10s', 10_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['1h0m0s', 3_600_000],
  ['1.5s', 1500],
  ['0', 0],
  ['0s', 0],
  ['20us', 0.02],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBeCloseTo(milliseconds)
})

it.each(['', '10', 's', '10 s', '-1s', '1d', '1.2.3s', '10s '])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})
