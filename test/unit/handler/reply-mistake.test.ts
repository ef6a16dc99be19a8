import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = 'test/types/mistakes'
const file = `${folder}/mistakes.ts`

it('ends the first line of a compile error with what is wrong and what to do', () => {
  const expected = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.startsWith('// ') ? [`${index + 2} ${line.slice(3)}`] : []))
    // The comment at the top of the file is none.
    .slice(2)
  const compiler = 'node_modules/typescript/bin/tsc'
  const { stdout } = spawnSync(process.execPath, [compiler, '--noEmit', '-p', folder], {
    encoding: 'utf8',
  })
  const printed = stdout
    .split('\n')
    .filter((line) => /^\S/.test(line))
    .map((line) =>
      line.replace(/^.*mistakes\.ts\((\d+),\d+\): error TS\d+: .* of type '"(.*)"'\.$/, '$1 $2'),
    )
  expect(printed).toEqual(expected)
})
