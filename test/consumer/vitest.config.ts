import { defineConfig } from 'vitest/config'

// No condition for the sources, unlike in the other suites: here 'capi-extension' is the package.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/consumer/*.test.ts'],
    globalSetup: 'test/consumer/install.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
