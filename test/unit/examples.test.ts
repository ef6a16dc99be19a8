import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const entries = ['topology', 'in-place-update', 'upgrade-plan', 'testing']
const folder = mkdtempSync('test/types/examples/made-')
afterAll(() => rmSync(folder, { recursive: true }))

/** The names that an index exports, each with the file that declares it. */
function exportsOf(index: string): { name: string; file: string }[] {
  const statements = readFileSync(index, 'utf8').matchAll(
    /export (?:type )?{([^}]*)} from '([^']*)'/g,
  )
  return [...statements].flatMap(([, names = '', file = '']) =>
    names
      .split(',')
      .map((name) => name.replace('type ', '').trim())
      .filter((name) => name !== '')
      .map((name) => ({ name, file: join(dirname(index), file) })),
  )
}

/** The example in the doc comment of an export. */
function exampleOf({ name, file }: { name: string; file: string }): string | undefined {
  const declaration = `export (?:async )?(?:interface|type|class|function|const) ${name}\\b`
  const documented = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n${declaration}`)
  const [, comment = ''] = documented.exec(readFileSync(file, 'utf8')) ?? []
  const [, example] = /@example\n \* ```ts\n([\s\S]*?)\n \* ```/.exec(comment) ?? []
  return example?.replace(/^ \* ?/gm, '')
}

const preludeNames = [
  ...['defineHook', 'GeneratePatches', 'ValidateTopology', 'DiscoverVariables', 'v'],
  ...['GenerateUpgradePlan', 'CanUpdateMachine', 'CanUpdateMachineSet', 'KubeadmConfigTemplate'],
  ...['AWSMachineTemplate', 'variables', 'Values', 'KubeadmControlPlaneTemplate', 'expect'],
  ...['BeforeClusterCreate', 'BeforeClusterUpgrade', 'request', 'secret'],
  ...['hook', 'beforeClusterCreate', 'generatePatches', 'validateTopology', 'canUpdate'],
]
const exported = entries.flatMap((entry) => exportsOf(`src/${entry}/index.ts`))

it('each export has an example, and all compile', () => {
  const names = [...preludeNames, ...exported.map(({ name }) => name)]
  const files = exported.map((one, index) => {
    const example = exampleOf(one)
    if (example === undefined) return { ...one, path: '' }
    const used = names.filter((name) => {
      const isDeclared = new RegExp(`^(export )?(const|type|interface|function) ${name}\\b`, 'm')
      return new RegExp(`\\b${name}\\b`).test(example) && !isDeclared.test(example)
    })
    const path = `${index}-${one.name}.ts`
    writeFileSync(
      join(folder, path),
      `import { ${used.join(', ')} } from '../prelude.ts'\n${example}\n`,
    )
    return { ...one, path }
  })
  expect(files.filter(({ path }) => path === '').map(({ name }) => name)).toEqual([])
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../../tsconfig.json',
      compilerOptions: { noUnusedLocals: false, verbatimModuleSyntax: false },
      include: ['*.ts'],
    }),
  )
  const compiler = 'node_modules/typescript/bin/tsc'
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
})
