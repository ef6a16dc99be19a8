import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, inject, it } from 'vitest'
import { expectedMistakes, printedMistakes } from '../support/mistakes.ts'
import { tryRun } from './command.ts'

const project = inject('project')
const added = join(project, 'src', 'added.ts')
const compile = (...args: string[]) => tryRun(project, 'npx', 'tsc', ...args)
afterEach(() => rmSync(added, { force: true }))

// Without skipLibCheck: the declarations of the package compile, too.
it('compiles a project that registers settings and a context', async () => {
  expect(await compile()).toEqual({ code: 0, stdout: '', stderr: '' })
})

// Without a check of the declarations, the compiler infers these types only here. One check after the other: the first
// one would make the next one easier.
it.each([
  ['Cluster', 'capi-extension/hooks', 'spec.topology?.workers?.machineDeployments?.[0]?.name'],
  ['Machine', 'capi-extension/hooks', 'spec.bootstrap.configRef?.name'],
  ['MachineSet', 'capi-extension/hooks', 'spec.template.spec.deletion?.nodeDrainTimeoutSeconds'],
  ['Builtins', 'capi-extension/topology', 'machineDeployment?.bootstrap?.configRef?.name'],
])('compiles what reads a %s first', async (type, entry, path) => {
  writeFileSync(
    added,
    `import type { ${type} } from '${entry}'\nexport const read = (object: ${type}) => object.${path}\n`,
  )
  const config = { extends: './tsconfig.json', files: ['src/added.ts'], include: [] }
  writeFileSync(join(project, 'tsconfig.added.json'), JSON.stringify(config))
  expect(await compile('--project', 'tsconfig.added.json', '--skipLibCheck')).toMatchObject({
    code: 0,
    stdout: '',
  })
})

it.each([
  ['a service that nobody adds', '({ hasRooms })', /Property 'hasRooms' does not exist/],
  ['a setting that is not declared', '({ settings: { max } })', /Property 'max' does not exist/],
  ['a number that is no text', '({ settings: { maxClusters } }) => maxClusters.length', /'length'/],
])('has a compile error for %s', async (_, handler, message) => {
  writeFileSync(
    added,
    `import { defineHook } from 'capi-extension'
import { AfterClusterUpgrade } from 'capi-extension/hooks'
defineHook(AfterClusterUpgrade, ${handler.includes('=>') ? handler : `${handler} => {}`})
`,
  )
  const { code, stdout } = await compile()
  expect(stdout).toMatch(message)
  expect(code).not.toBe(0)
})

it('has a compile error for a project that does not serve what it registers', async () => {
  writeFileSync(added, `import { serve } from 'capi-extension'\nserve({ name: 'a', hooks: [] })\n`)
  const { stdout } = await compile()
  expect(stdout).toMatch(/Property 'settings' is missing/)
})

it('says in the first line what is wrong with a handler', async () => {
  const directory = join(project, 'mistakes')
  mkdirSync(directory)
  cpSync('test/types/mistakes/mistakes.ts', join(directory, 'mistakes.ts'))
  const config = { extends: '../tsconfig.json', include: ['.'] }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config))
  const { stdout } = await compile('--project', 'mistakes')
  expect(printedMistakes(stdout)).toEqual(expectedMistakes())
})
