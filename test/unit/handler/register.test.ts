import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('what a project registers is known to its handlers, to serve and to callHook, and nothing else is', () => {
  const args = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'test/types/registered']
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toBe('')
})
