import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureCertificates } from '../../../src/dev/certificate-directory.ts'
import { blockOf } from '../../support/readme.ts'
import { endAll, startExtension } from '../../support/start-extension.ts'
import { createGuarded, guardIn, hooksWith } from './guarded.ts'
import { createProject } from './project.ts'

type Guarded = Awaited<ReturnType<typeof createGuarded>>
let guarded: Guarded
beforeEach(async () => {
  guarded = await createGuarded()
})
/** Makes a git repository of the project. */
const git = (...args: string[]) =>
  spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: guarded.root })
function commit() {
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(guarded.root, '.gitignore'), 'node_modules\n.dev\n')
  git('add', '--all')
  git('commit', '--quiet', '--message=first')
}

const compared = '2 recordings are compared with the recorded answers.'

it('ends with 0 when nothing changes', () => {
  expect(guarded.guard()).toEqual({ code: 0, stdout: `Nothing changes. ${compared}\n`, stderr: '' })
})

it('says which Machines an edit replaces, where it comes from, and how not to', () => {
  guarded.edit(hooksWith('two'))
  const { code, stdout } = guarded.guard()
  expect(code).toBe(3)
  expect(stdout).toMatch(/^default\/demo {2}control plane {11}rolls out 1 Machine$/m)
  expect(stdout).toMatch(/^default\/demo {2}MachineDeployment md-0 {2}rolls out 2 Machines$/m)
  expect(stdout).toMatch(
    /^KubeadmConfigTemplate spec\.template\.spec\.files\[0\]\.content\n {4}- "one"\n {4}\+ "two"$/m,
  )
  expect(stdout).toMatch(
    /by generate-patches of patch my-patch: default\/demo \(recordings\/generate-patches\.json\)/,
  )
  expect(stdout).toContain('src/hooks/index.ts:  generatePatchesV2, //')
  expect(stdout).toContain('generatePatchesExtension: generate-patches-v2.policy')
  expect(stdout).toContain(`New Machines for default/demo. ${compared}`)
})

it('lets pass what --allow names, and what is less', () => {
  guarded.edit(hooksWith('two'))
  expect(guarded.guard('--allow', 'rollout').code).toBe(0)
  expect(guarded.guard('--allow', 'any').code).toBe(0)
  expect(guarded.guard('--allow', 'provider').code).toBe(3)
})

it('ends with 2 for what changes in place', () => {
  const label = `template.metadata.labels = { ...template.metadata.labels, team: 'a' }\n        putFile`
  guarded.edit(
    hooksWith('one').replace(
      'putFile(kubeadm',
      `if (template.kind === 'KubeadmConfigTemplate') ${label}(kubeadm`,
    ),
  )
  const { code, stdout } = guarded.guard()
  expect(stdout).toMatch(/^default\/demo {2}MachineDeployment md-0 {2}in place$/m)
  expect(code).toBe(2)
  expect(guarded.guard('--allow', 'in-place').code).toBe(0)
})

it('ends with 1 for a hook that decides otherwise, unless any answer is allowed', () => {
  guarded.edit(hooksWith('one', `({ retryAfterSeconds: 30, message: 'Wait' })`))
  const { code, stdout } = guarded.guard()
  expect(code).toBe(1)
  expect(stdout).toContain('goes on before, now blocks for 30 s: Wait')
  expect(guarded.guard('--allow', 'rollout').code).toBe(1)
  expect(guarded.guard('--allow', 'any').code).toBe(0)
})

it.each([
  [
    'throws',
    hooksWith('two', `{\n    throw new Error('no quota service')\n  }`),
    'handler "before-cluster-create" failed: src/hooks/index.ts:8: no quota service',
  ],
  [
    'throws for a template',
    hooksWith('two').replace(
      'putFile(kubeadm',
      `throw new Error('no disk')\n        putFile(kubeadm`,
    ),
    'handler "generate-patches" failed: src/hooks/index.ts:11: ',
  ],
  [
    'leaves an error behind',
    hooksWith('two', `{\n    void Promise.reject(new Error('no quota service'))\n  }`),
    'a handler left an error behind that nobody caught: src/hooks/index.ts:8: no quota service',
  ],
  [
    'answers what the hook does not allow',
    hooksWith('two', `JSON.parse('{"retryAfterSeconds":"1"}')`),
    'handler "before-cluster-create" answers what BeforeClusterCreate does not allow: ',
  ],
  [
    'is not served any more',
    hooksWith('two').replace(
      'BeforeClusterCreate, () => undefined',
      `BeforeClusterCreate, () => undefined, { name: 'other' }`,
    ),
    'handler "before-cluster-create" of BeforeClusterCreate is not served, but "other"',
  ],
])('a handler that %s is an error, which wins', (_, hooks, message) => {
  guarded.edit(hooks)
  const { code, stdout } = guarded.guard('--allow', 'any')
  expect(stdout.replaceAll(/\n +/g, ' ')).toContain(message)
  expect(code).toBe(1)
})

it.each([
  [
    ['--allow', 'all'],
    /^option '--allow <WHAT>' argument 'all' is invalid\. .*: see capi-extension guard --help\n$/,
  ],
  [['--accept', '--against', 'main'], /^--accept writes recordings: .*\n$/],
  [['--url', 'https://127.0.0.1:1'], /^--url needs --ca: see --help\n$/],
  [['none'], /^cannot read recordings of none: ENOENT: no such file or directory\n$/],
  [['--objects', 'none'], /^none cannot be read: ENOENT.*\n$/],
  [
    ['--objects', 'recordings/empty'],
    /^there are no objects in recordings\/empty: .*kubectl get.*\n$/,
  ],
])('%j is an error of one line, with 1', (args, message) => {
  mkdirSync(join(guarded.root, 'recordings/empty'))
  expect(guarded.guard(...args)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(message),
  })
})

it('without recordings names what makes some', () => {
  const root = createProject({ 'src/hooks/index.ts': hooksWith('one') })
  mkdirSync(join(root, 'recordings'))
  expect(guardIn(root)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'there are no recordings in recordings: "capi-extension render --clusterclass FILE --cluster FILE --save recordings" makes some\n',
  })
})

it('is no success when a handler ends the process', () => {
  guarded.edit(hooksWith('two', '{\n    process.exit(0)\n  }'))
  const { code, stderr } = guarded.guard()
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('The sources of the extension ended this process'),
  ])
})

it('writes the new answers down, once', () => {
  guarded.edit(hooksWith('two'))
  const before = guarded.read('before-cluster-create')
  const { code, stdout } = guarded.guard('--accept')
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('Written: recordings/generate-patches.json'),
  ])
  const written = guarded.read('generate-patches')
  expect(JSON.parse(written).response.readable.items[0].patch).toEqual([
    expect.objectContaining({ op: 'add' }),
  ])
  expect(guarded.guard().code).toBe(0)
  guarded.guard('--accept')
  expect(guarded.read('generate-patches')).toBe(written)
  expect(guarded.read('before-cluster-create')).toBe(before)
})

it('is told by objects what a handler finds: those of the recording, and of --objects', () => {
  const reads = `(async ({ api }) => {
    const found = await api.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'quota', namespace: 'default' })
    if (found === undefined) return { retryAfterSeconds: 9, message: 'no quota' }
  })`
  guarded.edit(hooksWith('one').replace('() => undefined', reads))
  expect(guarded.guard().code).toBe(1)
  const list = `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: quota, namespace: default } }
`
  writeFileSync(join(guarded.root, 'objects.yaml'), list)
  expect(guarded.guard('--objects', 'objects.yaml')).toMatchObject({ code: 0, stderr: '' })
  const file = join(guarded.root, 'recordings/before-cluster-create.json')
  const objects = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'quota', namespace: 'default' } },
  ]
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), objects }))
  expect(guarded.guard().code).toBe(0)
})

it('knows from --crds that a default is no difference', () => {
  const file = { type: 'object', properties: { path: {}, content: {}, owner: { default: 'root' } } }
  const schema = ['spec', 'template', 'spec'].reduceRight<object>(
    (properties, name) => ({ type: 'object', properties: { [name]: properties } }),
    { type: 'object', properties: { files: { type: 'array', items: file } } },
  )
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'kubeadmconfigtemplates.bootstrap.cluster.x-k8s.io' },
    spec: {
      group: 'bootstrap.cluster.x-k8s.io',
      names: { kind: 'KubeadmConfigTemplate', plural: 'kubeadmconfigtemplates' },
      scope: 'Namespaced',
      versions: [
        { name: 'v1beta2', served: true, storage: true, schema: { openAPIV3Schema: schema } },
      ],
    },
  }
  writeFileSync(join(guarded.root, 'crd.json'), JSON.stringify(definition))
  guarded.edit(hooksWith('one').replace("content: 'one'", "content: 'one', owner: 'root'"))
  const workers = /MachineDeployment md-0 +rolls out/
  expect(guarded.guard().stdout).toMatch(workers)
  const { stdout, stderr } = guarded.guard('--crds', 'crd.json')
  expect(stderr).toBe('')
  expect(stdout).not.toMatch(workers)
})

describe('--output', () => {
  beforeEach(() => guarded.edit(hooksWith('a|b <c>')))

  it('json is for programs', () => {
    const { code, stdout } = guarded.guard('--output', 'json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 3,
      allowed: 'nothing',
      compared: 2,
      against: 'the recorded answers',
      results: expect.arrayContaining([
        expect.objectContaining({
          cluster: 'default/demo',
          holder: 'MachineDeployment md-0',
          verdict: 'rolls out',
          machines: 2,
          handler: 'generate-patches',
          patch: 'my-patch',
          recordings: ['recordings/generate-patches.json'],
        }),
      ]),
    })
  })

  it('has nothing of what handlers print', () => {
    guarded.edit(hooksWith('one', `console.log('hello')`))
    const { stdout, stderr } = guarded.guard('--output', 'json')
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0 })
    expect(stderr).toBe('hello\n')
  })

  it('markdown is for a pull request', () => {
    const { stdout } = guarded.guard('--output', 'markdown')
    expect(stdout).toMatch(/^\*\*Guard:\*\* New Machines for default\/demo\./)
    expect(stdout).toContain(
      '| default/demo | MachineDeployment md-0 | **rolls out 2 Machines** | 1 |',
    )
    expect(stdout).toContain('```diff\n- "one"\n+ "a|b <c>"\n```')
    expect(stdout).not.toContain('BeforeClusterCreate')
  })

  it('junit has a test for each part of a Cluster', () => {
    const { stdout } = guarded.guard('--output', 'junit')
    expect(stdout).toMatch(/<testsuite .* tests="4" failures="2" errors="0" time="0">/)
    expect(stdout).toContain('<failure message="rolls out 1 Machine" type="rolls out">')
    expect(stdout).toContain('+ &quot;a|b &lt;c&gt;&quot;')
    expect(guarded.guard('--output', 'junit', '--allow', 'rollout').stdout).toContain(
      ' failures="0"',
    )
  })
})

describe('--against', () => {
  it('a branch compares with its sources, and leaves nothing behind', () => {
    commit()
    expect(guarded.guard('--against', 'main').stdout).toMatch(
      /compared with main \([0-9a-f]{12}\)\.\n$/,
    )
    guarded.edit(hooksWith('two'))
    // Recordings may be of another day.
    guarded.guard('--accept')
    expect(guarded.guard('--against', 'main').code).toBe(3)
    expect(readdirSync(join(guarded.root, '.dev/guard'))).toEqual([])
  })

  it('works for a project in a folder of a repository', () => {
    const parent = mkdtempSync(join(tmpdir(), 'repository-'))
    const inner = join(parent, 'extensions/policy')
    cpSync(guarded.root, inner, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(parent, '.gitignore'), 'node_modules\n.dev\n')
    const run = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: parent })
    run('init', '--quiet')
    run('add', '--all')
    run('commit', '--quiet', '--message=first')
    expect(guardIn(inner, '--against', 'HEAD')).toMatchObject({ code: 0, stderr: '' })
  })

  it.each([
    ['none', 'git knows no such commit: fetch it'],
    ['--help', 'git knows no such commit: fetch it'],
    ['http://127.0.0.1', 'it is no https URL'],
    ['https://127.0.0.1', '--against with a URL needs --ca'],
    ['dist/none.cjs', 'ENOENT: no such file or directory'],
  ])('%s is an error of one line', (version, message) => {
    commit()
    const { code, stderr } = guarded.guard(`--against=${version}`)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]*\n$/)])
    expect(stderr).toContain(message)
  })

  it('says that there is no repository', () => {
    expect(guarded.guard('--against', 'main').stderr).toMatch(
      /^--against main: not a git repository.*\n$/,
    )
  })

  it('says where sources of another commit are wrong', () => {
    guarded.edit('export const hooks = [')
    commit()
    guarded.edit(hooksWith('one'))
    expect(guarded.guard('--against', 'HEAD').stderr).toMatch(
      /^--against HEAD cannot be loaded: src\/hooks\/index\.ts:\d+.*\n$/,
    )
  })

  describe('a bundle', () => {
    beforeEach(() => {
      const command = [join(process.cwd(), 'src/cli/main.ts'), 'build']
      const { stderr } = spawnSync(process.execPath, command, {
        cwd: guarded.root,
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      guarded.edit(hooksWith('two'))
    })

    it('compares with it', () => {
      expect(guarded.guard('--against', 'dist/extension.cjs')).toMatchObject({
        code: 3,
        stdout: expect.stringContaining('2 recordings are compared with dist/extension.cjs'),
      })
    })

    it('is served when it cannot be loaded', () => {
      const file = join(guarded.root, 'dist/extension.cjs')
      writeFileSync(
        join(guarded.root, 'dist/other.cjs'),
        readFileSync(file, 'latin1').replaceAll('capi-extension.taker', 'capi-extension.none'),
        'latin1',
      )
      const { code, stdout, stderr } = guarded.guard('--against', 'dist/other.cjs')
      expect([code, stderr]).toEqual([3, ''])
      expect(stdout).toContain('compared with dist/other.cjs')
    })
  })
})

it('the commands of its README do what they say', () => {
  commit()
  spawnSync(process.execPath, [join(process.cwd(), 'src/cli/main.ts'), 'build'], {
    cwd: guarded.root,
  })
  const block = blockOf('src/dev/guard/README.md', 'guard')
  const commands = [...block.matchAll(/^npm run guard(?: -- (.*?))? +#/gm)]
  expect(commands).toHaveLength(5)
  for (const [, args = ''] of commands)
    expect(guarded.guard(...args.split(' ').filter(Boolean)), args).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing changes.'),
    })
})

describe('an extension at a URL', () => {
  let certificates: string
  beforeAll(async () => {
    certificates = mkdtempSync(join(tmpdir(), 'certificates-'))
    await ensureCertificates(certificates)
  })
  afterEach(endAll)
  const serve = () =>
    startExtension({
      command: [process.execPath, 'src/main.ts'],
      cwd: guarded.root,
      certificates,
      flags: ['--in-memory'],
    })

  it('answers in place of the sources, which need not be there', async () => {
    const { url } = await serve()
    const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'))
    cpSync(join(guarded.root, 'recordings'), join(folder, 'recordings'), { recursive: true })
    const ca = join(certificates, 'ca.crt')
    expect(guardIn(folder, '--url', url, '--ca', ca)).toMatchObject({ code: 0, stderr: '' })
  })

  it('is what the sources are compared with', async () => {
    const { url } = await serve()
    guarded.edit(hooksWith('two'))
    const ca = join(certificates, 'ca.crt')
    expect(guarded.guard('--against', url, '--ca', ca)).toMatchObject({ code: 3, stderr: '' })
  })

  it('that does not answer is an error', () => {
    const ca = join(certificates, 'ca.crt')
    const { code, stdout } = guarded.guard('--url', 'https://127.0.0.1:1', '--ca', ca)
    expect([code, stdout]).toEqual([1, expect.stringContaining('nothing listens there')])
  })
})
