import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { definition, text, withSpec } from '../dev/types/definition.ts'
import { run } from './run.ts'

const directory = mkdtempSync(join(tmpdir(), 'types-'))
const file = join(directory, 'machine.yaml')
writeFileSync(file, definition('Machine', { v1: withSpec({ size: text }) }))

it('prints the module, or writes it', async () => {
  const printed = await run('types', file)
  expect(printed).toMatchObject({ code: 0, stderr: '' })
  expect(printed.stdout).toMatch(/^\/\/ Made by "capi-extension types" from machine\.yaml: /)
  const out = join(directory, 'types', 'machine.ts')
  expect(await run('types', file, '--out', out)).toEqual({
    code: 0,
    stdout: `${out}: Machine (v1)\n`,
    stderr: '',
  })
  expect(readFileSync(out, 'utf8')).toBe(printed.stdout)
})

it.each([
  [[], 2, "missing required argument 'files': see capi-extension types --help\n"],
  [['/none.yaml'], 1, '/none.yaml cannot be read: ENOENT: no such file or directory\n'],
])('says in one line what is wrong with %j', async (args, code, stderr) => {
  expect(await run('types', ...args)).toEqual({ code, stdout: '', stderr })
})
