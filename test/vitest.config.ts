import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/{unit,contract,recorded}/**/*.test.ts'],
    env: { LOG_LEVEL: 'silent' },
  },
})
