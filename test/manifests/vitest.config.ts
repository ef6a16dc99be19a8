import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/manifests/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
  },
})
