import { defineConfig } from 'vitest/config'
import { base } from '../support/vitest-base.ts'

// One file after the other: each wants the machine for itself. RELIABILITY=short makes it short.
export default defineConfig({
  ...base,
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/reliability/**/*.test.ts'],
    globalSetup: 'test/reliability/build.ts',
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 60_000,
  },
})
