import { defineConfig } from 'vitest/config'
import { base } from '../support/vitest-base.ts'

const minutes = 60_000

export default defineConfig({
  ...base,
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/*.test.ts'],
    // One management cluster for all; each file has a namespace of its own in it.
    globalSetup: 'test/e2e/sandbox.ts',
    maxWorkers: 3,
    hookTimeout: 5 * minutes,
    testTimeout: 15 * minutes,
    // What a scene does next builds on what it did.
    bail: 0,
  },
})
