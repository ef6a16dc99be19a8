// biome-ignore-all lint/suspicious/noTemplateCurlyInString: comments of manifests look like this
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadAll } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseHooks } from '../../../src/cli/project/choose-hooks.ts'
import { followNames } from '../../../src/cli/project/follow-names.ts'
import {
  describeChange,
  manifestChanges,
  writeManifests,
} from '../../../src/cli/project/manifests.ts'
import type { Names } from '../../../src/cli/project/names.ts'
import { templateFiles } from '../../../src/cli/project/template-files.ts'
import { type JsonObject, objectAt } from '../../../src/json/json.ts'

const names = { name: 'fleet', namespace: 'ops', image: 'ghcr.io/team/fleet:2', version: '1.2.3' }

describe('a line follows', () => {
  it.each([
    ['  name: old # ${name}', '  name: fleet # ${name}'],
    ['  name: "old" # ${name}-root', '  name: fleet-root # ${name}-root'],
    [
      '    - a.b.svc   # ${name}.${namespace}.svc',
      '    - fleet.ops.svc   # ${name}.${namespace}.svc',
    ],
    ['#   secretName: old # ${name}-token', '#   secretName: fleet-token # ${name}-token'],
    ['image: x # ${image}', 'image: ghcr.io/team/fleet:2 # ${image}'],
    ['version: x # ${version}', 'version: 1.2.3 # ${version}'],
    ['name: old # ${name}\r', 'name: fleet # ${name}\r'],
  ])('%s', (line, made) => {
    expect(followNames(line, names, 'x.yaml')).toBe(made)
  })

  it.each([
    '  name: old',
    '  name: old # the old one',
    '  name: old # ${name} is ours',
    "# Lines that end in '# ${…}' follow",
    '# ${name}',
    'value: ${name}',
  ])('but not %s', (line) => {
    expect(followNames(line, names, 'x.yaml')).toBe(line)
  })

  it('and what is no name is named', () => {
    expect(() => followNames('\nname: x # ${nam}', names, 'manifests/x.yaml')).toThrow(
      'manifests/x.yaml:2: ${nam} is none of ${name}, ${namespace}, ${image}, ${version}',
    )
  })
})

describe('the manifests of a project', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'manifests-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  async function makeProject(own: Names) {
    const root = await mkdtemp(join(directory, 'project-'))
    for (const [path, text] of manifestsOf(own)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
    return (changed: Partial<Names>) => ({
      root,
      mainPath: join(root, 'src/main.ts'),
      ...own,
      ...changed,
      extensionConfig: { name: own.name, settings: {} },
    })
  }
  const old = {
    name: 'old',
    namespace: 'old-system',
    image: 'localhost:5001/old',
    version: '0.1.0',
  }

  it('are in step when they are new', async () => {
    const project = await makeProject(old)
    expect(await manifestChanges(project({}))).toEqual([])
  })

  it('become those of a project that had the new names from the beginning', async () => {
    const project = (await makeProject(old))(names)
    await writeManifests(project.root, await manifestChanges(project))
    for (const [path, text] of manifestsOf(names))
      expect(await readFile(join(project.root, path), 'utf8'), path).toBe(text)
    expect(await manifestChanges(project)).toEqual([])
  })

  it('keep what their author wrote', async () => {
    const project = (await makeProject(old))(names)
    const path = 'manifests/deploy/deployment.yaml'
    const file = join(project.root, path)
    const before = await readFile(file, 'utf8')
    const edited = before
      .replace('# env:', 'env:\n            - {name: OLD, value: old} # old')
      .replace('image: localhost:5001/old # ${image}', 'image: mine')
      .replace('replicas: 2', 'replicas: 3')
    await writeFile(file, edited)
    await writeManifests(project.root, await manifestChanges(project))
    const after = await readFile(file, 'utf8')
    expect(after).toContain('env:\n            - {name: OLD, value: old} # old')
    expect(after).toContain('image: mine\n')
    expect(after).toContain('replicas: 3')
    expect(after).toContain('namespace: ops #')
  })

  it('are shown as a difference', async () => {
    const project = (await makeProject(old))({ image: 'ghcr.io/new' })
    const changes = await manifestChanges(project)
    expect(changes.flatMap(describeChange)).toEqual([
      '--- manifests/deploy/deployment.yaml',
      '+++ manifests/deploy/deployment.yaml',
      expect.stringMatching(/^@@ -\d+ \+\d+ @@$/),
      '-          image: localhost:5001/old # ${image}',
      '+          image: ghcr.io/new # ${image}',
    ])
  })

  it('are not changed to a name that Kubernetes refuses', async () => {
    const project = (await makeProject(old))({ name: 'New Name' })
    await expect(manifestChanges(project)).rejects.toThrow('"New Name" cannot be the name')
  })
})

// Names that are also words of the manifests: whatever is replaced by what it holds would be replaced there.
it.each([
  { ...names, name: 'hooks', namespace: 'extension' },
  { ...names, name: 'certificate', namespace: 'default' },
])('the objects name each other: $name in $namespace', (own) => {
  const texts = [...manifestsOf(own)].map(([, text]) => text)
  const objects = texts.flatMap((text) => loadAll(text) as JsonObject[])
  const one = (kind: string) => objects.find((object) => object['kind'] === kind)
  const { name, namespace } = own
  const app = { 'app.kubernetes.io/name': name }
  expect(objectAt(one('ExtensionConfig'), ['spec', 'clientConfig', 'service'])).toEqual({
    name,
    namespace,
    port: 443,
  })
  expect(objectAt(one('ExtensionConfig'), ['metadata', 'annotations'])).toEqual({
    'runtime.cluster.x-k8s.io/inject-ca-from-secret': `${namespace}/${name}-certificate`,
  })
  expect(objectAt(one('Service'), ['spec'])).toEqual({
    selector: app,
    ports: [{ name: 'hooks', port: 443, targetPort: 'hooks' }],
  })
  expect(objectAt(one('Deployment'), ['spec', 'selector'])).toEqual({ matchLabels: app })
  const pod = objectAt(one('Deployment'), ['spec', 'template'])
  expect(objectAt(pod, ['metadata', 'labels'])).toEqual(app)
  expect(objectAt(pod, ['spec'])).toMatchObject({
    serviceAccountName: name,
    containers: [{ name: 'extension', image: own.image }],
    volumes: [{ name: 'certificate', secret: { secretName: `${name}-certificate` } }],
  })
  expect(objectAt(one('RoleBinding'), [])).toMatchObject({
    metadata: { name, namespace: 'default' },
    roleRef: { name },
    subjects: [{ name, namespace }],
  })
})

function manifestsOf(own: Names): [path: string, text: string][] {
  const files = templateFiles({ names: own, hooks: chooseHooks('all'), dependency: '0.1.0' })
  return [...files].filter(([path]) => path.startsWith('manifests/'))
}
