import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { satisfies } from 'semver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { chooseHooks, defaultHooks, hookContracts } from '../../../src/cli/project/choose-hooks.ts'
import {
  planProject,
  writeFiles,
  writeLock,
  writeProject,
} from '../../../src/cli/project/new-project.ts'
import { isFromRegistry } from '../../../src/cli/project/own-package.ts'
import { templateFiles } from '../../../src/cli/project/template-files.ts'
import { imageFlags } from '../../../src/dev/image-flags.ts'
import { names } from './new-project.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'init-'))
})
afterAll(() => rm(directory, { recursive: true }))

const filesWith = (hooks: string, dependency = 'file:vendor/capi-extension-0.1.0.tgz') =>
  templateFiles({ names, hooks: chooseHooks(hooks), dependency })

describe('names', () => {
  it('follow from the folder', async () => {
    const plan = await planProject(join(directory, 'fleet'), {})
    expect(plan.names).toEqual(names)
    expect(plan.root).toBe(join(directory, 'fleet'))
  })

  it.each([
    [{ name: 'Fleet Policy' }, /^"Fleet Policy" cannot be the name.* such as fleet-policy$/],
    [{ name: '1st' }, /such as st$/],
    [{ name: 'x'.repeat(51) }, /at most 50/],
    [{ name: 'capi-extension' }, /^"capi-extension" cannot be the name .*: a package that/],
    [{ name: 'vitest' }, /a package that/],
    [{ namespace: 'kube_system' }, /^"kube_system" cannot be the name of a namespace/],
    [{ image: 'https://registry/x' }, /^"https:\/\/registry\/x" cannot be the name of an image/],
    [{ image: 'Registry/x' }, /registry.example.com\/team\/fleet$/],
  ])('%j is refused', async (options, message) => {
    await expect(planProject(join(directory, 'fleet'), options)).rejects.toThrow(message)
  })

  it.each(['ghcr.io/team/fleet:1.2.3', 'registry:5000/fleet', `fleet@sha256:${'a'.repeat(64)}`])(
    'the image %s is taken',
    async (image) => {
      expect(await planProject(join(directory, 'fleet'), { image })).toMatchObject({
        names: { image },
      })
    },
  )
})

describe('hooks', () => {
  it.each([
    ['before-cluster-create', ['BeforeClusterCreate']],
    ['CanUpdateMachineSet, BeforeClusterCreate', ['BeforeClusterCreate', 'CanUpdateMachineSet']],
    ['can-update-machineset', ['CanUpdateMachineSet']],
    ['all', hookContracts.map(({ hook }) => hook)],
  ])('%s', (list, hooks) => {
    expect(chooseHooks(list).map(({ hook }) => hook)).toEqual(hooks)
  })

  it.each([
    [
      'befor-cluster-create',
      'there is no hook "befor-cluster-create", the nearest is before-cluster-create',
    ],
    ['GeneratePatch', 'there is no hook "GeneratePatch", the nearest is generate-patches'],
    ['discovery', 'there is no hook "discovery"'],
    [',', '--hooks names no hook'],
  ])('%s is refused', (list, message) => {
    expect(() => chooseHooks(list)).toThrow(message)
  })
})

describe('a folder', () => {
  it('that has files is refused in one line, with their names', async () => {
    const folder = join(directory, 'taken')
    await mkdir(folder)
    for (const name of ['b', 'a', 'c', 'd', 'e', 'f', 'g']) await writeFile(join(folder, name), '')
    await expect(planProject(folder, {})).rejects.toThrow(
      `${folder} is not empty: it has a, b, c, d, e and 2 more. Nothing is overwritten: name another folder.`,
    )
    expect(await readdir(folder)).toHaveLength(7)
  })

  it('that is a file is refused', async () => {
    const path = join(directory, 'file')
    await writeFile(path, '')
    await expect(planProject(path, {})).rejects.toThrow(`${path} cannot be a project: ENOTDIR`)
  })

  it('that git has made is taken, and written to', async () => {
    const folder = join(directory, 'cloned')
    await mkdir(join(folder, '.git'), { recursive: true })
    const files = await writeFiles(await planProject(folder, {}), '0.1.0')
    expect(await readFile(join(folder, 'src/main.ts'), 'utf8')).toContain('serve({')
    const written = await readdir(folder, { recursive: true, withFileTypes: true })
    expect(written.filter((entry) => entry.isFile())).toHaveLength(files.length)
  })

  it('is not touched when the package cannot be packed', async () => {
    const folder = join(directory, 'unpacked')
    await expect(writeProject(await planProject(folder, {}))).rejects.toThrow('npm run package')
    expect(await readdir(directory)).not.toContain('unpacked')
  })
})

it('what npm cannot lock is said in one line', async () => {
  const folder = await mkdtemp(join(directory, 'broken-'))
  await writeFile(join(folder, 'package.json'), '{')
  expect(await writeLock(folder)).toMatch(/^JSON\.parse .*$/)
})

describe('the files', () => {
  it('are about 25 with the hooks of a beginner', () => {
    const files = [...filesWith(defaultHooks).keys()]
    // Nobody writes a recording by hand.
    expect(files.filter((path) => !path.startsWith('recordings/')).length).toBeLessThanOrEqual(27)
  })

  it.each(hookContracts.map(({ handlerName }) => handlerName))(
    'of %s name no other hook',
    (name) => {
      const files = filesWith(name)
      const others = hookContracts.filter((other) => other.handlerName !== name)
      expect([...files.keys()]).toEqual(
        expect.arrayContaining([`src/hooks/${name}.ts`, `test/hooks/${name}.test.ts`]),
      )
      expect(files.get('src/hooks/index.ts')?.match(/\.ts'/g)).toHaveLength(1)
      const texts = ['src/hooks/index.ts', 'README.md', 'manifests/deploy/rbac.yaml']
        .map((path) => files.get(path))
        .join('\n')
      // A ClusterClass takes three of them together.
      const line = texts.split('\n').filter((one) => !one.includes('cluster-class-patch'))
      for (const { handlerName } of others)
        expect(line.join('\n')).not.toMatch(new RegExp(`(?<![\\w-])${handlerName}(?![\\w-])`))
    },
  )

  it('have no word left to fill in', () => {
    for (const [path, text] of filesWith('all'))
      expect(text, path).not.toMatch(/__\w+__|my-extension/)
  })

  it('have the package in vendor/, or none of that where a registry has it', () => {
    const vendored = filesWith(defaultHooks)
    expect(vendored.get('Dockerfile')).toContain('COPY vendor ./vendor')
    expect(vendored.get('.dockerignore')).toContain('!vendor')
    const published = filesWith(defaultHooks, '0.1.0')
    for (const [path, text] of published) expect(text, path).not.toMatch(/\bvendor\b/)
    expect(JSON.parse(published.get('package.json') ?? '').dependencies).toMatchObject({
      'capi-extension': '0.1.0',
    })
  })
})

describe('where the package came from', () => {
  it.each([
    ['https://registry.npmjs.org/capi-extension/-/capi-extension-0.1.0.tgz', true],
    ['file:../capi-extension-0.1.0.tgz', false],
    [undefined, false],
  ])('%s', async (resolved, expected) => {
    const modules = await mkdtemp(join(directory, 'node_modules-'))
    const packages = { 'node_modules/capi-extension': { resolved } }
    await writeFile(join(modules, '.package-lock.json'), JSON.stringify({ packages }))
    expect(isFromRegistry(join(modules, 'capi-extension'))).toBe(expected)
    expect(isFromRegistry(`${join(modules, 'capi-extension')}/`)).toBe(expected)
  })

  it('is no registry where npm has no note of it', () => {
    expect(isFromRegistry(join(directory, 'capi-extension'))).toBe(false)
  })
})

describe('a new project has of this repository', () => {
  const files = filesWith('all')
  const made = JSON.parse(files.get('package.json') ?? '')

  it('the versions of its tools', () => {
    const ours: Record<string, string> = { ...manifest.devDependencies, ...manifest.dependencies }
    const { 'capi-extension': _, ...tools } = { ...made.dependencies, ...made.devDependencies }
    for (const [name, version] of Object.entries(tools)) expect(ours[name], name).toBe(version)
    expect(satisfies(made.dependencies.valibot, manifest.peerDependencies.valibot)).toBe(true)
    expect(made.engines).toEqual(manifest.engines)
    expect(made.allowScripts).toEqual(manifest.allowScripts)
  })

  it('the base images and the flags of the image', async () => {
    const folder = join(directory, 'image')
    await mkdir(folder)
    await writeFile(join(folder, 'Dockerfile'), files.get('Dockerfile') ?? '')
    const root = new URL('../../..', import.meta.url).pathname
    expect(imageFlags(folder)).toEqual(imageFlags(root))
    const ours = await readFile(join(root, 'Dockerfile'), 'utf8')
    const args = (text: string) => text.match(/^ARG (BUILD|RUNTIME)_IMAGE=.*$/gm)
    expect(args(files.get('Dockerfile') ?? '')).toEqual(args(ours))
  })
})
