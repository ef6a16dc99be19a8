import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { checks } from '../../../src/cli/project/checks.ts'
import { readProjectFiles } from '../../../src/cli/project/project-files.ts'
import { readProject } from '../../../src/dev/project.ts'
import { createNewProject } from './new-project.ts'

const { version } = manifest
const made: string[] = []
afterEach(async () => {
  for (const root of made.splice(0)) await rm(root, { recursive: true })
})

/** A new project with all hooks, in which a file was changed. */
async function projectWith(path: string, change: (text: string) => string | undefined) {
  const root = await createNewProject('all')
  made.push(root)
  const file = join(root, path)
  const before = await readFile(file, 'utf8')
  const after = change(before)
  expect(after, 'the change has found its place').not.toBe(before)
  await (after === undefined ? rm(file) : writeFile(file, after))
  return root
}

async function problemsOf(root: string): Promise<Record<string, readonly string[]>> {
  const files = await readProjectFiles(await readProject(root))
  const results = await Promise.all(
    checks.map(async ({ name, find }) => [name, await find(files)] as const),
  )
  return Object.fromEntries(results.filter(([, problems]) => problems.length > 0))
}

function doctor(cwd: string, ...args: string[]) {
  const command = [resolve('src/cli/main.ts'), 'doctor', ...args]
  const { status, stdout } = spawnSync(process.execPath, command, { cwd, encoding: 'utf8' })
  return { status, stdout }
}

const replace = (from: string | RegExp, to: string) => (text: string) =>
  text.replace(from, () => to)
const remove = () => undefined

it('finds nothing in a new project', async () => {
  const root = await projectWith('README.md', () => 'ours')
  expect(doctor(root)).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^dependencies +ok\nscripts +ok\nhooks +ok\nimage +ok\n/),
  })
  expect(await problemsOf(root)).toEqual({})
})

it('ends with 1 when something is to be done, and says it as JSON to a program', async () => {
  const root = await projectWith('Dockerfile', replace('"--permission", ', ''))
  const { status, stdout } = doctor(root, '--json')
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toContainEqual({
    check: 'image',
    problems: ['add to the ENTRYPOINT of the Dockerfile: "--permission"'],
  })
})

it('names an installed package that is older than this one', async () => {
  const root = await projectWith('README.md', () => 'ours')
  const installed = join(root, 'node_modules/capi-extension')
  await rm(installed)
  await mkdir(installed)
  await writeFile(join(installed, 'package.json'), '{"version":"0.0.9"}')
  expect(await problemsOf(root)).toMatchObject({
    dependencies: [
      `capi-extension 0.0.9 is installed, this is ${version}: put capi-extension-${version}.tgz into vendor/, then npm install ./vendor/capi-extension-${version}.tgz`,
    ],
  })
})

describe('names', () => {
  it.each([
    [
      'package.json',
      replace(`    "capi-extension": "file:vendor/capi-extension-${version}.tgz",\n`, ''),
      {
        dependencies: [
          `package.json does not have capi-extension: npm install capi-extension@${version}`,
        ],
      },
    ],
    [
      'package.json',
      replace(`extension-${version}.tgz`, 'extension-0.0.9.tgz'),
      {
        dependencies: [
          expect.stringContaining('vendor/capi-extension-0.0.9.tgz of package.json is not there'),
          `package.json has capi-extension file:vendor/capi-extension-0.0.9.tgz, but ${version} is installed: npm install`,
        ],
      },
    ],
    [
      'package.json',
      replace('"typescript": "7.0.2"', '"typescript": "^6.3.0"'),
      {
        dependencies: [
          'typescript ^6.3.0 is older than this package was tried with: npm install typescript@7.0.2',
        ],
      },
    ],
    [
      'package-lock.json',
      remove,
      {
        dependencies: [
          'package-lock.json, which the image is built with, is not there: npm install',
        ],
      },
    ],
    [
      'package.json',
      replace(/ +"simulate".*\n/, ''),
      { scripts: ['add to the scripts of package.json: "simulate": "capi-extension simulate"'] },
    ],
    [
      'src/hooks/index.ts',
      replace('  beforeClusterCreate,\n', ''),
      {
        hooks: [
          'src/hooks/before-cluster-create.ts is not served: add it to src/hooks/index.ts, or delete it',
        ],
      },
    ],
    [
      'Dockerfile',
      replace('"--permission", ', ''),
      { image: ['add to the ENTRYPOINT of the Dockerfile: "--permission"'] },
    ],
    [
      'Dockerfile',
      replace('node:26.10.0', 'mirror.example.com/node:24.1.0'),
      { image: ['BUILD_IMAGE of the Dockerfile has Node 24: take Node 26'] },
    ],
    [
      'package.json',
      replace('"node": "26.10.0"', '"node": "27.0.0"'),
      {
        image: [
          'BUILD_IMAGE of the Dockerfile has Node 26, and package.json tests with 27: take one',
          'RUNTIME_IMAGE of the Dockerfile has Node 26, and package.json tests with 27: take one',
        ],
      },
    ],
    [
      'Dockerfile',
      replace('COPY vendor ./vendor\n', ''),
      { image: ['add to the Dockerfile, before "npm ci": COPY vendor ./vendor'] },
    ],
    ['.dockerignore', replace('!vendor\n', ''), { image: ['add to .dockerignore: !vendor'] }],
    [
      'package.json',
      replace('"localhost:5001/fleet"', '"ghcr.io/fleet"'),
      {
        manifests: [
          'manifests/deploy/deployment.yaml has other names than package.json: npm run manifests',
        ],
      },
    ],
    [
      'manifests/cluster-class-patch.yaml',
      replace(/.*generate-patches.*\n/, ''),
      { manifests: ['no manifest of a ClusterClass names generate-patches.fleet: add it'] },
    ],
    [
      'manifests/cluster-class-upgrade.yaml',
      replace('generate-upgrade-plan.fleet', 'plan-upgrade.fleet'),
      {
        manifests: [
          expect.stringContaining('manifests/cluster-class-upgrade.yaml has other names'),
          'manifests/cluster-class-upgrade.yaml names plan-upgrade.fleet, which is not served: take the line out',
          'no manifest of a ClusterClass names generate-upgrade-plan.fleet: add it',
        ],
      },
    ],
    [
      'manifests/deploy/rbac.yaml',
      replace('[get, create, patch]', '[get]'),
      {
        rights: [
          'state is used: add to the rules of manifests/deploy/rbac.yaml: {apiGroups: [""], resources: [configmaps], verbs: [create, patch]}',
        ],
      },
    ],
    [
      'manifests/deploy/rbac.yaml',
      replace(/.*resources: \[machines\].*\n/, ''),
      { rights: [expect.stringContaining('resources: [machines], verbs: [get]}')] },
    ],
    [
      'manifests/extension-config.yaml',
      replace('          - default\n', '          - default\n          - team-a\n'),
      {
        rights: [
          'the ExtensionConfig selects the namespace team-a: add a RoleBinding in it to manifests/deploy/rbac.yaml',
        ],
      },
    ],
  ])('%s, case %#', async (path, change, expected) => {
    expect(await problemsOf(await projectWith(path, change))).toEqual(expected)
  })
})
