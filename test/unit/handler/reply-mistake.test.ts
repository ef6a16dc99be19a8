import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { expectedMistakes, printedMistakes } from '../../support/mistakes.ts'

it('ends the first line of a compile error with what is wrong and what to do', () => {
  const compiler = 'node_modules/typescript/bin/tsc'
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, '--noEmit', '-p', 'test/types/mistakes'],
    {
      encoding: 'utf8',
    },
  )
  expect(printedMistakes(stdout)).toEqual(expectedMistakes())
})
