import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { expectedMistakes, printedMistakes } from '../../support/mistakes.ts'

it('ends the first, short line of a compile error with what is wrong and what to do', () => {
  const compiler = 'node_modules/typescript/bin/tsc'
  const args = [compiler, '--noEmit', '-p', 'test/types/mistakes']
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(printedMistakes(stdout)).toEqual(expectedMistakes())
  const lines = stdout.split('\n').filter((line) => /^\S/.test(line))
  // A terminal shows it in two or three lines.
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(320)
})
