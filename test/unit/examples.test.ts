import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const indexes = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : [entry['capi-extension-source']],
)
const folder = mkdtempSync('test/types/examples/made-')
afterAll(() => rmSync(folder, { recursive: true }))

interface Export {
  name: string
  file: string
}

/** The names that an index exports, each with the file that declares it. */
function exportsOf(index: string): Export[] {
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

/** The examples in the doc comment of an export. */
function examplesOf({ name, file }: Export): string[] {
  const declaration = `(?:// biome.*\\n)?export (?:async )?(?:interface|type|class|function|const) ${name}\\b`
  const documented = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n${declaration}`)
  const [, comment = ''] = documented.exec(readFileSync(file, 'utf8')) ?? []
  const examples = comment.matchAll(/@example.*\n \* ```ts\n([\s\S]*?)\n \* ```/g)
  return [...examples].map(([, example = '']) => example.replace(/^ \* ?/gm, ''))
}

const exported = indexes.flatMap(exportsOf)
const prelude = readFileSync('test/types/examples/prelude.ts', 'utf8')
const declared = [...prelude.matchAll(/^export (?:declare const|const|type|interface) (\w+)/gm)]
const reExported = [...prelude.matchAll(/^export { ([\w, ]*) }/gm)]
const names = new Set([
  ...declared.map(([, name = '']) => name),
  ...reExported.flatMap(([, list = '']) => list.split(', ')),
  ...exported.map(({ name }) => name),
])

/** An example with the imports that it lacks. */
function complete(example: string): string {
  const used = [...names].filter((name) => {
    const isDeclared = new RegExp(
      `^(export )?(const|type|interface|function) ${name}\\b|^import [^\\n]*\\b${name}\\b[^\\n]* from`,
      'm',
    )
    return new RegExp(`\\b${name}\\b`).test(example) && !isDeclared.test(example)
  })
  const imports = used.length > 0 ? `import { ${used.join(', ')} } from '../../../prelude.ts'` : ''
  return `${imports}\n${example}\nexport {}\n`
}

/** Writes a project whose files are examples. */
function writeProject(project: string, examples: readonly string[]): string {
  const directory = join(folder, project)
  mkdirSync(join(directory, 'src', 'hooks'), { recursive: true })
  const write = (path: string, text: string) => writeFileSync(join(directory, path), text)
  write('package.json', '{"name":"fleet-policy","type":"module"}')
  write(
    'src/hooks/index.ts',
    "import type { Hook } from 'capi-extension'\nexport const hooks: Hook[] = []\n",
  )
  for (const [index, example] of examples.entries()) write(`src/${index}.ts`, complete(example))
  const config = {
    extends: '../../../../../tsconfig.json',
    compilerOptions: {
      noUnusedLocals: false,
      verbatimModuleSyntax: false,
      // The project has a package.json of its own: the package is not itself here.
      paths: {
        'capi-extension': ['../../../../../src/index.ts'],
        'capi-extension/hooks': ['../../../../../src/contract/hooks.ts'],
      },
    },
    include: ['src'],
  }
  write('tsconfig.json', JSON.stringify(config))
  return directory
}

it('each export has an example', () => {
  // The request and the response of a hook are in the example of the hook, the spec of a kubeadm version in that of Kubeadm.
  const without = exported.filter((one) => examplesOf(one).length === 0).map(({ name }) => name)
  expect(without.filter((name) => !/(Request|Response)$|^KubeadmConfigSpec/.test(name))).toEqual([])
})

it('each example compiles', () => {
  const all = [...new Set(exported.flatMap(examplesOf))]
  // What a project registers counts in all of its files.
  const isRegistering = (example: string) => example.includes('declare module')
  const projects = [
    writeProject(
      'plain',
      all.filter((example) => !isRegistering(example)),
    ),
    ...all
      .filter(isRegistering)
      .map((example, index) => writeProject(`registering-${index}`, [example])),
  ]
  expect(projects.length).toBeGreaterThan(1)
  for (const project of projects) {
    const args = ['node_modules/typescript/bin/tsc', '-p', project]
    expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout).toBe('')
  }
})
