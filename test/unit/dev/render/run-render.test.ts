import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readCustomResources } from '../../../../src/dev/crds/read-custom-resources.ts'
import type { Answered, Answerer, RecordedCall } from '../../../../src/dev/guard/answerer.ts'
import { knowExtension } from '../../../../src/dev/render/extensions.ts'
import { jsonOf } from '../../../../src/dev/render/print/json.ts'
import { textOf } from '../../../../src/dev/render/print/text.ts'
import { type RenderTools, runRender } from '../../../../src/dev/render/run-render.ts'
import type { JsonObject } from '../../../../src/json/json.ts'
import { readRecordings } from '../../../../src/recording/read-recordings.ts'
import {
  clusterClassOf,
  clusterOf,
  externalPatch,
  mergeInto,
  templates,
  variableOf,
} from '../../render/topology.ts'
import { definition, object, withSpec } from '../types/definition.ts'

const bootstrap = (jsonPatches: readonly object[]) => ({
  selector: {
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    kind: 'KubeadmConfigTemplate',
    matchResources: { machineDeploymentClass: { names: ['worker'] } },
  },
  jsonPatches,
})
const addCommand = (value: unknown) =>
  bootstrap([{ op: 'add', path: '/spec/template/spec/preKubeadmCommands', value }])
const inline = (name: string, ...definitions: readonly object[]) => ({ name, definitions })
const twoWorkers = {
  workers: {
    machineDeployments: ['md-0', 'md-1'].map((name) => ({ class: 'worker', name })),
  },
}

type Answers = Readonly<Record<string, (request: JsonObject) => Answered>>

/** An extension `own` with a handler of each name and hook. */
async function extensionOf(answers: Answers, failurePolicy = 'Fail', settings?: object) {
  const calls: RecordedCall[] = []
  const handlers = Object.keys(answers).map((key) => {
    const [name, hook] = key.split(' ')
    const requestHook = { apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1', hook }
    return { name, requestHook, failurePolicy, timeoutSeconds: 7 }
  })
  const answerer: Answerer = {
    name: 'own',
    async answer(call) {
      if (call.hook === 'discovery') return { answer: { status: 'Success', handlers } }
      calls.push(call)
      const found = Object.entries(answers).find(([key]) => {
        const [name = '', hook = ''] = key.split(' ')
        return call.url.includes(`/${hook.toLowerCase()}/${name}?`)
      })
      return found?.[1](call.request) ?? { problem: 'no handler' }
    },
    handlerOf: async () => undefined,
    close: async () => {},
  }
  return { extension: await knowExtension('own', { ...settings }, answerer), calls }
}

function render(patches: readonly object[], tools: Partial<RenderTools> = {}, spec: object = {}) {
  return runRender(
    {
      clusterClass: clusterClassOf(patches, spec),
      cluster: clusterOf(twoWorkers),
      templates: Object.values(templates),
      objects: [],
    },
    { extensions: [], ...tools },
  )
}

type Report = Awaited<ReturnType<typeof render>>
const printed = (report: Report, columns = 300) =>
  textOf(report, Object.assign(new PassThrough(), { columns }))

describe('what is printed of a patch', () => {
  it('is its difference, once for all templates in which it is the same', async () => {
    const report = await render([inline('commands', addCommand(['swapoff -a']))])
    expect(printed(report)).toContain(`Patch commands
  KubeadmConfigTemplate bootstrap: MachineDeployment md-0, MachineDeployment md-1
    @@ spec.template.spec`)
    expect(printed(report)).toMatch(/^ {4}\+ +- swapoff -a$/m)
    expect(printed(report)).toMatch(/^1 of 1 patch changes 2 templates$/m)
    expect(report.refusals).toEqual([])
  })

  it('does not depend on the lines around', async () => {
    const label = { op: 'add', path: '/metadata/labels/topology', value: 'a' }
    const report = await render([inline('labels', bootstrap([label]))])
    expect(printed(report)).toMatch(
      /^ {2}KubeadmConfigTemplate bootstrap: MachineDeployment md-0, MachineDeployment md-1$/m,
    )
  })

  it('is why it has no effect', async () => {
    const report = await render([
      inline('forgotten', {
        ...addCommand(['a']),
        selector: { ...addCommand([]).selector, kind: 'X' },
      }),
      { ...inline('off', addCommand(['a'])), enabledIf: 'false' },
      inline('first', addCommand(['a'])),
      inline('again', addCommand(['a'])),
      externalPatch('proxy'),
    ])
    const text = printed(report)
    expect(text).toMatch(/^Patch forgotten: matches no template$/m)
    expect(text).toMatch(/^Patch off: enabledIf is false$/m)
    expect(text).toMatch(/^Patch again: changes nothing: what it sets is there already$/m)
    expect(text).toMatch(
      /^Patch proxy, generate\.proxy: left out: the extension of .* is not known here, name it with --extension proxy=URL$/m,
    )
    expect(text).toMatch(/; without effect: forgotten; left out: proxy$/m)
    expect(report.refusals).toEqual([])
  })

  it('is why it fails, and which ones are not reached', async () => {
    const wrong = bootstrap([{ op: 'replace', path: '/spec/none/here', value: 1 }])
    const report = await render([inline('wrong', wrong), inline('next', addCommand(['a']))])
    expect(printed(report)).toMatch(/^Patch wrong: fails: KubeadmConfigTemplate/m)
    expect(printed(report)).toMatch(/^Patch next: not reached$/m)
    expect(report.refusals).toEqual([expect.stringMatching(/^The patch wrong fails: Kubeadm/)])
    expect(printed(report)).toMatch(
      /^Cluster API would not go on with this Cluster:\n- The patch wrong fails/m,
    )
  })

  it('fits a narrow terminal, but for what it quotes', async () => {
    const report = await render([externalPatch('proxy'), inline('off', addCommand(['a']))])
    const lines = printed(report, 60).split('\n')
    const sentences = lines.filter((line) => !line.startsWith('    '))
    expect(sentences.filter((line) => line.length > 60)).toEqual([])
    expect(lines.length).toBeGreaterThan(printed(report).split('\n').length)
  })

  it('has colours only in a terminal', async () => {
    const report = await render([inline('commands', addCommand(['a']))])
    const stream = Object.assign(new PassThrough(), { columns: 300, isTTY: true })
    Object.assign(stream, { getColorDepth: () => 8, hasColors: () => true })
    const coloured = textOf(report, stream)
    expect(coloured).not.toBe(printed(report))
    expect(stripVTControlCharacters(coloured)).toBe(printed(report))
  })
})

describe('an extension', () => {
  const success = () => ({ answer: { status: 'Success' } })
  const patch = externalPatch('own', { settings: { b: '3' } })

  it('is called with the settings of its ExtensionConfig below those of the patch', async () => {
    const answers = { 'generate GeneratePatches': success }
    const { extension, calls } = await extensionOf(answers, 'Fail', { a: '1', b: '2' })
    await render([patch], { extensions: [extension] })
    expect(calls).toHaveLength(1)
    expect(calls[0]?.request['settings']).toEqual({ a: '1', b: '3' })
    expect(calls[0]?.url).toMatch(/\/generatepatches\/generate\?timeout=7s$/)
    expect(calls[0]?.objects?.map(({ kind }) => kind)).toEqual(['Cluster', 'ClusterClass'])
  })

  it('fails the patch when it does not answer, unless its failurePolicy is Ignore', async () => {
    const answers = { 'generate GeneratePatches': () => ({ problem: 'it threw' }) }
    const failed = await render([patch], { extensions: [(await extensionOf(answers)).extension] })
    expect(failed.refusals).toEqual(['The patch own fails: it threw'])
    const { extension } = await extensionOf(answers, 'Ignore')
    const ignored = await render([patch], { extensions: [extension] })
    expect(ignored.refusals).toEqual([])
    expect(ignored.notes).toContain('generate.own did not answer: it threw.')
  })

  it('fails the patch when it has no such handler', async () => {
    const { extension } = await extensionOf({ 'other GeneratePatches': success })
    const { refusals } = await render([patch], { extensions: [extension] })
    expect(refusals).toEqual([
      'The patch own fails: the extension own has no such handler for GeneratePatches; there is other.own',
    ])
  })

  it('refuses a Cluster by ValidateTopology', async () => {
    const { extension } = await extensionOf({
      'generate GeneratePatches': success,
      'validate ValidateTopology': () => ({ answer: { status: 'Failure', message: 'too small' } }),
    })
    const validated = externalPatch('own', { validateTopologyExtension: 'validate.own' })
    const report = await render([validated], { extensions: [extension] })
    expect(report.refusals).toEqual([
      'validate.own of the patch own refuses the Cluster: too small',
    ])
    expect(printed(report)).toMatch(/^Validation of own, validate\.own: Failure$/m)
  })

  it('declares variables that Cluster API refuses', async () => {
    const { extension } = await extensionOf({
      'generate GeneratePatches': success,
      'discover DiscoverVariables': () => ({
        answer: { status: 'Success', variables: [variableOf('a.b')] },
      }),
    })
    const discovering = externalPatch('own', { discoverVariablesExtension: 'discover.own' })
    const { refusals } = await render([discovering], { extensions: [extension] })
    expect(refusals).toEqual([
      expect.stringMatching(/^discover\.own breaks the rule variable-name: /),
    ])
  })

  it('that answers nothing at all ends the command', async () => {
    const answerer: Answerer = {
      name: 'own',
      answer: async () => ({ problem: 'nothing listens there' }),
      handlerOf: async () => undefined,
      close: async () => {},
    }
    await expect(knowExtension('own', undefined, answerer)).rejects.toThrow(
      'the extension own cannot be called: nothing listens there',
    )
  })
})

describe('schemas of --crds', async () => {
  const spec = (properties: object) => withSpec({ template: object({ spec: object(properties) }) })
  const folder = mkdtempSync(join(tmpdir(), 'crds-'))
  const commands = { type: 'array', items: { type: 'string' } }
  writeFileSync(
    join(folder, 'a.yaml'),
    definition(
      'KubeadmConfigTemplate',
      { v1beta2: spec({ preKubeadmCommands: commands, format: { type: 'string', default: 'x' } }) },
      'bootstrap.cluster.x-k8s.io',
    ),
  )
  const resources = await readCustomResources(folder)

  it('refuse what a patch makes, and say which one', async () => {
    const unknown = bootstrap([
      { op: 'add', path: '/spec/template/spec/contentFormat', value: 'a' },
    ])
    const report = await render([inline('good', addCommand(['a'])), inline('bad', unknown)], {
      resources,
    })
    expect(report.refusals).toEqual([
      'KubeadmConfigTemplate bootstrap, made by the patch bad: spec.template.spec.contentFormat is not in the schema (MachineDeployment md-0, MachineDeployment md-1)',
    ])
    expect(report.notes).toContain(
      '--crds holds no definition of DevMachineTemplate (infrastructure.cluster.x-k8s.io/v1beta2): it is not checked.',
    )
  })

  it('say once what stands in a template that several patches change', async () => {
    const unknown = bootstrap([
      { op: 'add', path: '/spec/template/spec/contentFormat', value: 'a' },
    ])
    const patches = [inline('bad', unknown), inline('good', addCommand(['a']))]
    expect((await render(patches, { resources })).refusals).toHaveLength(1)
  })

  it('give templates their defaults', async () => {
    const report = await render([inline('good', addCommand(['a']))], { resources })
    const found = report.items.find(({ object: { kind } }) => kind === 'KubeadmConfigTemplate')
    expect(found?.object['spec']).toMatchObject({ template: { spec: { format: 'x' } } })
    expect(report.refusals).toEqual([])
    expect(printed(report)).toMatch(/; every template that was checked fits its schema$/m)
  })
})

it('saves a recording of each call, with its patch and the objects that are known', async () => {
  const { extension } = await extensionOf({
    'generate GeneratePatches': (request) => ({
      answer: mergeInto('KubeadmConfigTemplate', { spec: { a: 1 } })(request),
    }),
    'validate ValidateTopology': () => ({ answer: { status: 'Success' } }),
    'discover DiscoverVariables': () => ({ answer: { status: 'Success', variables: [] } }),
  })
  const handlers = {
    validateTopologyExtension: 'validate.own',
    discoverVariablesExtension: 'discover.own',
  }
  // Two patches may name one handler.
  const again = { name: 'again', external: { generatePatchesExtension: 'generate.own' } }
  const save = join(mkdtempSync(join(tmpdir(), 'saved-')), 'recordings')
  const report = await render([externalPatch('own', handlers), again], {
    extensions: [extension],
    save,
  })
  expect(readdirSync(save)).toEqual(['default', 'discovery.json'])
  expect(readdirSync(join(save, 'default'))).toEqual([
    'demo-discover-variables-own.json',
    'demo-generate-patches-again.json',
    'demo-generate-patches-own.json',
    'demo-validate-topology-own.json',
  ])
  expect(report.saved).toHaveLength(5)
  const [discovery] = await readRecordings(join(save, 'discovery.json'))
  expect(discovery?.recording).toMatchObject({
    hook: 'discovery',
    url: '/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery',
    response: { body: { handlers: [{ name: 'generate' }, {}, {}] } },
  })
  const secondReport = await render([externalPatch('own')], { extensions: [extension], save })
  expect(secondReport.saved.map((file) => file.slice(save.length + 1))).toEqual([
    'default/demo-generate-patches-own.json',
  ])
  const recordings = await readRecordings(join(save, 'default'))
  const [, secondPatch, firstPatch] = recordings.map(({ recording }) => recording)
  expect([firstPatch?.patch, secondPatch?.patch]).toEqual(['own', 'again'])
  expect(firstPatch).toMatchObject({
    hook: 'generatepatches',
    url: '/hooks.runtime.cluster.x-k8s.io/v1alpha1/generatepatches/generate?timeout=7s',
    request: report.patches[0]?.request,
    response: { status: 200, body: report.patches[0]?.answer },
    objects: [
      { kind: 'Cluster', metadata: { name: 'demo', namespace: 'default' } },
      { kind: 'ClusterClass', metadata: { name: 'fleet', namespace: 'default' } },
    ],
  })
})

it('is one line of JSON for programs', async () => {
  const report = await render([inline('commands', addCommand(['a'])), externalPatch('proxy')])
  const text = jsonOf(report)
  expect(text.indexOf('\n')).toBe(text.length - 1)
  expect(JSON.parse(text)).toMatchObject({
    cluster: 'default/demo',
    clusterClass: 'default/fleet',
    patches: [
      {
        name: 'commands',
        state: 'applied',
        changed: [
          {
            template: 'KubeadmConfigTemplate bootstrap',
            holder: 'MachineDeployment md-0',
            operations: [
              { op: 'add', path: '/spec/template/spec/preKubeadmCommands', value: ['a'] },
            ],
          },
          { holder: 'MachineDeployment md-1' },
        ],
      },
      { name: 'proxy', handler: 'generate.proxy', state: 'unknown', changed: [] },
    ],
    refusals: [],
  })
})
