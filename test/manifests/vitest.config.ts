import { defineConfig } from 'vitest/config'
import { base } from '../support/vitest-base.ts'

export default defineConfig({
  ...base,
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/manifests/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
  },
})
