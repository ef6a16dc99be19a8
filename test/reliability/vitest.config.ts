import { defineConfig } from 'vitest/config'

// One file after the other: each wants the machine for itself. RELIABILITY=short makes it short.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/reliability/**/*.test.ts'],
    globalSetup: 'test/reliability/build.ts',
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 60_000,
  },
})
