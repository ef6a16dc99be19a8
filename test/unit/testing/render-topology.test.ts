import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  DiscoverVariables,
  GeneratePatches,
  ValidateTopology,
} from '../../../src/contract/topology.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { memoryApi } from '../../../src/kubernetes/memory-api.ts'
import { clusterOf } from '../../../src/testing/cluster.ts'
import { type RenderOptions, renderTopology } from '../../../src/testing/render-topology.ts'
import { renderedTemplate } from '../../../src/testing/rendered-template.ts'
import { patchTemplate } from '../../../src/topology/template-patch.ts'
import { templateType } from '../../../src/topology/template-type.ts'
import { defineVariables, variable } from '../../../src/topology/variables.ts'
import { walkTemplates } from '../../../src/topology/walk-templates.ts'
import { clusterClassOf, externalPatch, templates } from '../render/topology.ts'

interface Machines {
  spec: { template: { spec: { image?: string; registry?: string } } }
}
const Machines = templateType<Machines>(
  'infrastructure.cluster.x-k8s.io/v1beta2',
  'DevMachineTemplate',
)
const variables = defineVariables({ image: variable(v.string(), { default: 'base' }) })
const hooks = [
  defineHook(DiscoverVariables, () => ({ variables: variables.definitions })),
  defineHook(GeneratePatches, (call) =>
    walkTemplates(call, { variables }, [
      patchTemplate(Machines, ({ template, variables: { image } }) => {
        template.spec.template.spec = { image, registry: String(call.settings['registry']) }
      }),
    ]),
  ),
  defineHook(ValidateTopology, ({ request: { variables: sent } }) => {
    const image = sent?.find(({ name }) => name === 'image')?.value
    return image === 'bad' ? { status: 'Failure', message: 'a bad image' } : undefined
  }),
]
const handlers = (config: string, settings?: object) =>
  externalPatch('images', {
    discoverVariablesExtension: `discover-variables.${config}`,
    generatePatchesExtension: `generate-patches.${config}`,
    validateTopologyExtension: `validate-topology.${config}`,
    settings,
  })
const ofControlPlane = { matchResources: { controlPlane: true } }

/** Renders a Cluster with these values of variables. */
const renderWith = (
  values: Record<string, unknown>,
  options: Partial<RenderOptions> = {},
  patches = [handlers('any')],
) =>
  renderTopology({
    clusterClass: clusterClassOf(patches),
    cluster: clusterOf({
      variables: values,
      spec: {
        topology: {
          classRef: { name: 'fleet' },
          workers: { machineDeployments: [{ class: 'worker', name: 'md-0' }] },
        },
      },
    }),
    templates: Object.values(templates),
    extension: hooks,
    ...options,
  })

it('calls the handlers that the ClusterClass names, with the defaults of their variables', async () => {
  const rendered = await renderWith({})
  expect(rendered.patches).toMatchObject([{ name: 'images', state: 'applied' }])
  expect(rendered.validations).toMatchObject([{ answer: { status: 'Success' } }])
  const { spec } = renderedTemplate(rendered, Machines, ofControlPlane)
  expect(spec.template.spec.image).toBe('base')
  const ofWorkers = { matchResources: { machineDeploymentClass: { names: ['worker'] } } }
  expect(
    renderedTemplate(await renderWith({ image: 'x' }), 'DevMachineTemplate', ofWorkers),
  ).toMatchObject({
    spec: { template: { spec: { image: 'x' } } },
  })
})

it('gives handlers the settings of the ExtensionConfig below those of the patch', async () => {
  const extensionConfig = { settings: { registry: 'config', mode: 'a' } }
  const registryOf = async (...given: Parameters<typeof renderWith>) =>
    renderedTemplate(await renderWith(...given), Machines, ofControlPlane).spec.template.spec
      .registry
  expect(await registryOf({}, { extensionConfig })).toBe('config')
  expect(await registryOf({}, { extensionConfig }, [handlers('any', { registry: 'patch' })])).toBe(
    'patch',
  )
  const services = { settings: { registry: 'services' } }
  expect(await registryOf({}, { extensionConfig, services })).toBe('services')
})

describe('with what the project serves', () => {
  const told: unknown[] = []
  const hook = defineHook(GeneratePatches, (call) => {
    const { settings, api } = call
    told.push(settings, 'quota' in call && call.quota, api)
  })
  const extension = {
    hooks: [hook],
    settings: v.object({ size: v.pipe(v.string(), v.toNumber()) }),
    context: () => ({ quota: 5 }),
  }
  const patches = [externalPatch('own', { generatePatchesExtension: 'generate-patches.own' })]

  it('gives handlers its settings and its context', async () => {
    await renderWith({}, { extension, extensionConfig: { settings: { size: '3' } } }, patches)
    expect(told.splice(0)).toMatchObject([{ size: 3 }, 5, {}])
    const unset = renderWith({}, { extension }, patches)
    await expect(unset).rejects.toThrow('spec.settings.size of the ExtensionConfig: required')
  })

  it('gives them the services of the test in their place', async () => {
    const api = memoryApi()
    await renderWith({}, { extension, services: { api } }, patches)
    expect(told.splice(0)).toEqual([{}, false, api])
  })
})

it('leaves out the handlers of other extensions, and refuses a name that its own has not', async () => {
  const extensionConfig = { name: 'own' }
  const other = await renderWith({}, { extensionConfig })
  expect(other.patches).toMatchObject([{ state: 'unknown' }])
  const own = await renderWith({}, { extensionConfig }, [handlers('own')])
  expect(own.patches).toMatchObject([{ state: 'applied' }])
  const misspelt = externalPatch('images', { generatePatchesExtension: 'generate-patch.own' })
  await expect(renderWith({}, { extensionConfig }, [misspelt])).rejects.toThrow(
    'the ClusterClass names generate-patch.own for GeneratePatches: the extension has no such handler; there is generate-patches',
  )
})

it('is not changed by a handler that changes its request, and takes dates of a YAML parser', async () => {
  const rude = defineHook(GeneratePatches, ({ request }) => {
    for (const { object } of request.items ?? []) object['spec'] = 'broken'
  })
  const [cluster, ...others] = Object.values(templates)
  const creationTimestamp = new Date('2026-01-01T00:00:00Z')
  const metadata = { ...Object(cluster?.['metadata']), creationTimestamp }
  const { items, before } = await renderWith(
    {},
    { extension: [rude], templates: [{ ...cluster, metadata }, ...others] },
  )
  expect(items).toEqual(before)
  expect(items[0]?.object['metadata']).toMatchObject({
    creationTimestamp: '2026-01-01T00:00:00.000Z',
  })
})

it('rejects with what a handler throws', async () => {
  const broken = defineHook(GeneratePatches, () => {
    throw new Error('broken')
  })
  await expect(renderWith({}, { extension: [broken] })).rejects.toThrow('broken')
})

describe('a template', () => {
  const failing = defineHook(GeneratePatches, () => ({ status: 'Failure', message: 'no image' }))
  const dropping = defineHook(GeneratePatches, ({ request }) => ({
    items: [
      {
        uid: request.items?.[0]?.uid ?? '',
        patchType: 'JSONPatch',
        patch: Buffer.from('[{"op":"add","path":"/spec/other","value":1}]').toString('base64'),
      },
    ],
  }))

  it.each([
    ['a patch that failed', {}, [failing], 'the patch images failed: no image'],
    [
      'a validation that failed',
      { image: 'bad' },
      hooks,
      'the validation of the patch images failed: a bad image',
    ],
    [
      'a part that the controller drops',
      {},
      [dropping],
      'DevClusterTemplate of Cluster: spec.other. A patch changes only what the controller keeps: all else is lost in silence.',
    ],
  ])('is not there after %s', async (_, values, extension, message) => {
    const rendered = await renderWith(values, { extension })
    expect(() => renderedTemplate(rendered, Machines, ofControlPlane)).toThrow(new Error(message))
  })

  it('is one of those that there are', async () => {
    const rendered = await renderWith({})
    expect(() => renderedTemplate(rendered, 'Other')).toThrow(
      'no such template: Other. There are: ',
    )
    expect(() => renderedTemplate(rendered, Machines)).toThrow('several templates are meant')
  })
})

it('selects a template by the name of its MachineDeployment', async () => {
  const workers = ['md-0', 'md-1'].map((name, index) => ({
    class: 'worker',
    name,
    variables: { overrides: [{ name: 'image', value: `image-${index}` }] },
  }))
  const topology = {
    classRef: { name: 'fleet' },
    version: 'v1.36.0',
    workers: { machineDeployments: workers },
  }
  const rendered = await renderWith({}, { cluster: clusterOf({ spec: { topology } }) })
  const imageOf = (topologyName: string) =>
    renderedTemplate(rendered, Machines, { topologyName }).spec.template.spec.image
  expect([imageOf('md-0'), imageOf('md-1')]).toEqual(['image-0', 'image-1'])
  expect(() => imageOf('md-2')).toThrow('no such template')
})

it('refuses to guess which of several extensions its own is', async () => {
  const other = externalPatch('proxy', { generatePatchesExtension: 'generate-patches.corp.proxy' })
  const patches = [other, handlers('own')]
  const refused = renderWith({}, { extensionConfig: { settings: {} } }, patches)
  await expect(refused).rejects.toThrow(
    new TypeError(
      'the ClusterClass names several extensions, corp.proxy, own: say which one yours is with extensionConfig: { name }',
    ),
  )
  const named = await renderWith({}, { extensionConfig: { name: 'own' } }, patches)
  expect(named.patches.map(({ state }) => state)).toEqual(['unknown', 'applied'])
})

it.each([
  ['clusterClass', 'kind: ClusterClass', 'clusterClass is no object: '],
  ['templates', 'kind: A', 'templates is no list of objects: '],
  ['templates', ['kind: A'], 'templates[0] is no object: '],
])('refuses the text of a file as %s', async (name, text, message) => {
  await expect(renderWith({}, { [name]: text })).rejects.toThrow(
    new TypeError(`${message}read the text of a file with a YAML parser first`),
  )
})
