import { defineConfig } from 'vitest/config'
import { base } from '../support/vitest-base.ts'

export default defineConfig({
  ...base,
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/image/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
