import { readFileSync } from 'node:fs'
import { expect, inject, it } from 'vitest'
import { run, tryRun } from './command.ts'

const tarball = inject('tarball')
const npx = (...args: string[]) => tryRun(process.cwd(), 'npx', '--no', ...args)
const files = (await run(process.cwd(), 'tar', '--list', '--file', tarball))
  .trim()
  .split('\n')
  .map((path) => path.replace(/^package\//, ''))

it('publint finds nothing', async () => {
  const { stdout } = await npx('publint', tarball, '--strict')
  expect(stdout).toMatch(/All good!\s*$/)
})

it('every entry has types for ESM', async () => {
  const { code, stdout } = await npx('attw', tarball, '--profile', 'esm-only', '--no-emoji')
  expect({ code, stdout }).toMatchObject({ code: 0 })
})

it('has nothing of the sample, no tests and no TypeScript, but in the template of a project', () => {
  const template = 'lib/cli/template/'
  const foreign = /^lib\/(main\b|hooks\/|sample\/)|\.test\.|\.tsbuildinfo$|(?<!\.d)\.ts$/
  const others = files.filter((file) => !file.startsWith(template))
  expect(others.filter((file) => foreign.test(file))).toEqual([])
  const root = ['package.json', 'LICENSE', 'README.md', 'CHANGELOG.md']
  expect(others.filter((file) => !file.startsWith('lib/') && !root.includes(file))).toEqual([])
  expect(files).toContain(`${template}src/main.ts`)
})

it('has every file that npm was given, and what is no TypeScript', async () => {
  const staged = await run('dist/package', 'find', '.', '-type', 'f', '-printf', '%P\\n')
  expect(files.toSorted()).toEqual(staged.trim().split('\n').toSorted())
  expect(files).toContain('lib/dev/sandbox/go/cluster-api/go.mod')
  expect(files).toContain('lib/dev/sandbox/manifests/clusterclass.yaml')
})

it('has a package.json for users alone', () => {
  const manifest: Record<string, unknown> = JSON.parse(
    readFileSync('dist/package/package.json', 'utf8'),
  )
  expect(Object.keys(manifest)).toEqual([
    'name',
    'version',
    'description',
    'license',
    'type',
    'engines',
    'exports',
    'bin',
    'files',
    'dependencies',
    'peerDependencies',
    'peerDependenciesMeta',
  ])
  expect(JSON.stringify(manifest)).not.toContain('capi-extension-source')
})
