import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { dump } from 'js-yaml'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { blockOf } from '../../support/readme.ts'
import { startFakeExtension } from '../dev/simulator/fake-extension.ts'
import { definition, object, withSpec } from '../dev/types/definition.ts'
import { clusterClassOf, clusterOf, externalPatch, templates } from '../render/topology.ts'
import { guardIn, hooksWith } from './guarded.ts'
import { createProject } from './project.ts'
import { run } from './run.ts'

/** Runs a command in a folder, in a process of its own: it loads the sources, and this one may serve. */
function render(cwd: string, ...args: string[]) {
  const command = [resolve('src/cli/main.ts'), 'render', ...args]
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const child = execFile(process.execPath, command, { cwd }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const policy = { generatePatchesExtension: 'generate-patches.policy' }
const clusterClass = clusterClassOf([
  {
    name: 'commands',
    definitions: [
      {
        selector: {
          apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
          kind: 'KubeadmConfigTemplate',
          matchResources: { machineDeploymentClass: { names: ['worker'] } },
        },
        jsonPatches: [
          { op: 'add', path: '/spec/template/spec/preKubeadmCommands', value: ['swapoff -a'] },
        ],
      },
    ],
  },
  externalPatch('policy', policy),
  externalPatch('proxy'),
])

/** Writes the inputs of README.md into a folder. */
function writeInputs(root: string): string {
  const write = (path: string, text: string) => writeFileSync(join(root, path), text)
  mkdirSync(join(root, 'templates'))
  mkdirSync(join(root, 'crds'))
  write('class.yaml', dump(clusterClass))
  write('cluster.yaml', dump(clusterOf()))
  for (const [name, template] of Object.entries(templates))
    write(`templates/${name}.yaml`, dump(template))
  write('crds/crds.yaml', crdOf({ preKubeadmCommands: {}, files: {}, joinConfiguration: {} }))
  return root
}

const anything = { 'x-kubernetes-preserve-unknown-fields': true }

/** KubeadmConfigTemplate as it is installed, with these fields. */
function crdOf(fields: object): string {
  const properties = Object.fromEntries(Object.keys(fields).map((name) => [name, anything]))
  const spec = { template: object({ spec: object(properties) }) }
  return definition(
    'KubeadmConfigTemplate',
    { v1beta2: withSpec(spec) },
    'bootstrap.cluster.x-k8s.io',
  )
}

const inputs = ['--clusterclass', 'class.yaml', '--cluster', 'cluster.yaml']
const all = [...inputs, '--templates', 'templates']
let root: string
beforeAll(() => {
  root = writeInputs(createProject({ 'src/hooks/index.ts': hooksWith('one') }))
})

describe('render', () => {
  it('shows what each patch changes, by the handlers of the project', async () => {
    const { code, stdout, stderr } = await render(root, ...all)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Cluster default\/demo of the ClusterClass default\/fleet$/m)
    expect(stdout).toMatch(
      /^Patch commands\n {2}KubeadmConfigTemplate bootstrap: MachineDeployment md-0$/m,
    )
    expect(stdout).toMatch(/^ {4}\+ +- swapoff -a$/m)
    expect(stdout).toMatch(
      /^Patch policy, generate-patches\.policy\n {2}KubeadmControlPlaneTemplate/m,
    )
    expect(stdout).toMatch(/^ {4}\+ +- content: one$/m)
    expect(stdout).toMatch(/^Patch proxy, generate\.proxy: left out: /m)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no colours.
    expect(stdout).not.toMatch(/\u001b/)
  })

  it.each(blockOf('src/dev/render/README.md', 'render').trim().split('\n'))(
    'runs as its README says: %s',
    async (line) => {
      const [, , command, ...args] = line.split(' ')
      expect(command).toBe('render')
      expect(await render(root, ...args)).toMatchObject({ code: 0, stderr: '' })
    },
  )

  it('saves recordings that guard reads', async () => {
    await render(root, ...all, '--save', 'saved')
    expect(readdirSync(join(root, 'saved'))).toEqual(['default', 'discovery.json'])
    const { code, stdout } = guardIn(root, 'saved')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Nothing changes\. 2 recordings /)
  })

  it('ends with 1 for a field that the installed version does not know', async () => {
    writeFileSync(join(root, 'old.yaml'), crdOf({ preKubeadmCommands: {} }))
    const { code, stdout } = await render(root, ...all, '--crds', 'old.yaml')
    expect(code).toBe(1)
    expect(stdout).toContain(
      'Cluster API would not go on with this Cluster:\n- KubeadmConfigTemplate bootstrap, made by the patch policy: spec.template.spec.files is not in the schema',
    )
  })

  it('prints JSON for programs, whatever handlers print', async () => {
    const hooks = hooksWith('two').replace('putFile(kubeadm', 'console.log(1); putFile(kubeadm')
    const project = writeInputs(createProject({ 'src/hooks/index.ts': hooks }))
    const { code, stdout, stderr } = await render(project, ...all, '--json')
    expect([code, stderr]).toEqual([0, '1\n1\n'])
    const { patches } = JSON.parse(stdout)
    const states = patches.map(({ name, state }: Record<string, unknown>) => [name, state])
    expect(states).toEqual([
      ['commands', 'applied'],
      ['policy', 'applied'],
      ['proxy', 'unknown'],
    ])
  })

  it('calls other extensions, also where there is no project', async () => {
    const { url, ca, received, close } = await startFakeExtension({
      Discovery: () => ({
        status: 'Success',
        handlers: [
          {
            name: 'generate',
            requestHook: {
              apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1',
              hook: 'GeneratePatches',
            },
          },
        ],
      }),
      GeneratePatches: ({ items }) => ({
        status: 'Success',
        items: [Object(items)[0]].map(({ uid }) => ({
          uid,
          ...encodePatch('JSONMergePatch', { spec: { template: { spec: { proxy: 'a' } } } }),
        })),
      }),
    })
    const folder = writeInputs(mkdtempSync(join(tmpdir(), 'render-')))
    writeFileSync(join(folder, 'ca.crt'), ca)
    const given = ['--extension', `proxy=${url.href}`, '--ca', 'ca.crt']
    const { code, stdout, stderr } = await render(folder, ...all, ...given).finally(close)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Patch proxy, generate\.proxy\n {2}DevClusterTemplate cluster: /m)
    expect(stdout).toMatch(/^Patch policy, generate-patches\.policy: left out: /m)
    expect(stdout).toContain('The settings of the ExtensionConfig proxy are not known')
    expect(received.map(({ hook }) => hook)).toEqual(['Discovery', 'GeneratePatches'])
  })
})

describe('a mistake', () => {
  const see = 'see capi-extension render --help'
  it.each([
    [[], 2, `required option '--clusterclass <FILE>' not specified: ${see}`],
    [inputs.slice(0, 2), 2, `required option '--cluster <FILE>' not specified: ${see}`],
    [[...inputs, '--extension', 'a'], 2, '--extension: "a" is not like NAME=URL'],
    [
      [...inputs, '--extension', 'a=b'],
      2,
      '--extension: "b" is no URL such as https://localhost:9443',
    ],
    [[...inputs, '--extension', 'a=https://b'], 2, '--extension needs --ca: see --help'],
    [inputs, 1, 'class.yaml cannot be read: ENOENT: no such file or directory'],
  ])('is said in one line: %j', async (args, code, message) => {
    expect(await run('render', ...args)).toEqual({ code, stdout: '', stderr: `${message}\n` })
  })

  it('in the inputs is said in one line', async () => {
    const { code, stdout, stderr } = await render(root, ...inputs)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^the ClusterClass default\/fleet names what is not among the templates, .*\n$/,
    )
  })

  it('in the address of an extension is said in one line', async () => {
    writeFileSync(join(root, 'ca.crt'), '')
    const given = ['--extension', 'proxy=https://127.0.0.1:1', '--ca', 'ca.crt']
    const { code, stderr } = await render(root, ...all, ...given)
    expect([code, stderr]).toEqual([
      1,
      'the extension proxy cannot be called: https://127.0.0.1:1: nothing listens there (ECONNREFUSED)\n',
    ])
  })
})
