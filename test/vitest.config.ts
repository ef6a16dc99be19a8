import { defineConfig } from 'vitest/config'
import { base } from './support/vitest-base.ts'

export default defineConfig({
  ...base,
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [
      'test/{unit,contract,docs,sample,scripts}/**/*.test.ts',
      'src/cli/template/test/**/*.test.ts',
    ],
    // Most tests wait for other processes: a core need not be left free.
    maxWorkers: '100%',
    testTimeout: 60_000,
  },
})
