import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { defaultHooks, hookContracts } from '../../../src/cli/project/choose-hooks.ts'
import { templateFiles } from '../../../src/cli/project/template-files.ts'
import { createNewProject, names } from './new-project.ts'

// The tests of the template run beside those of this repository: see vitest.config.ts.
const made: string[] = []
afterEach(async () => {
  for (const root of made.splice(0)) await rm(root, { recursive: true })
})

async function create(hooks: string) {
  const root = await createNewProject(hooks)
  made.push(root)
  return root
}

const execute = promisify(execFile)
/** Rejects with what a command that fails printed. */
const run = (file: string, args: string[], cwd: string) =>
  execute(file, args, { cwd }).catch(({ message, stdout }) => {
    throw new Error(message + stdout)
  })
const cli = resolve('src/cli/main.ts')

/** Runs what the scripts of a project run; rejects with the output of the first that fails. */
async function check(cwd: string) {
  await run('node_modules/.bin/tsc', ['--customConditions', 'capi-extension-source'], cwd)
  await run('node_modules/.bin/biome', ['ci', '--error-on-warnings'], cwd)
  await run(process.execPath, [cli, 'manifests', '--check'], cwd)
}
async function demo(cwd: string) {
  const { stdout } = await run(process.execPath, [cli, 'demo', '--json'], cwd)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

it.each([defaultHooks, 'all'])(
  'a new project with %s passes its checks, plays and builds',
  async (hooks) => {
    const root = await create(hooks)
    await check(root)
    expect(await demo(root)).toMatchObject({ event: 'summary', breaks: 0, warnings: 0 })
    expect((await run(process.execPath, [cli, 'guard'], root)).stdout).toBe(
      'Nothing changes. 3 recordings are compared with the recorded answers.\n',
    )
    await run(process.execPath, [cli, 'build'], root)
    expect(await readFile(join(root, 'dist/extension.cjs'), 'utf8')).toContain('fleet')
  },
)

// Those that others read something with: variables, and what can be updated in place.
it.each(['discover-variables', 'generate-patches', 'update-machine'])(
  'without %s again it does, too',
  async (name) => {
    const root = await create('all')
    await rm(join(root, `src/hooks/${name}.ts`))
    await rm(join(root, `test/hooks/${name}.test.ts`))
    const index = join(root, 'src/hooks/index.ts')
    const before = await readFile(index, 'utf8')
    const [, identifier] = new RegExp(`import (\\w+) from './${name}.ts'`).exec(before) ?? []
    const after = before.replace(new RegExp(`.*\\b${identifier}\\b.*\\n`, 'g'), '')
    expect(after.split('\n')).toHaveLength(before.split('\n').length - 2)
    await writeFile(index, after)
    await check(root)
    expect(await demo(root)).toMatchObject({ breaks: 0 })
  },
)

it.each(hookContracts)(
  'only its test and one line of index.ts need $handlerName.ts',
  ({ handlerName }) => {
    const files = templateFiles({ names, hooks: hookContracts, dependency: '0.1.0' })
    const importing = [...files].filter(([, text]) => text.includes(`/${handlerName}.ts'`))
    expect(importing.map(([path]) => path)).toEqual([
      'src/hooks/index.ts',
      `test/hooks/${handlerName}.test.ts`,
    ])
  },
)
