import { expect, it } from 'vitest'
import { at } from '../../../src/json/path.ts'
import {
  clusterClassOf,
  externalPatch,
  type Handlers,
  itemsOf,
  mergeInto,
  render,
} from './topology.ts'

const files = (path: string) => ({ spec: { template: { spec: { files: [{ path }] } } } })
const inlinePatch = (name: string, value: unknown, rest: object = {}) => ({
  name,
  definitions: [
    {
      selector: {
        apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
        kind: 'KubeadmControlPlaneTemplate',
        matchResources: { controlPlane: true },
      },
      jsonPatches: [{ op: 'add', path: '/spec/template/spec/kubeadmConfigSpec/users', value }],
    },
  ],
  ...rest,
})

it('takes patches in their order, each on what the ones before it made', async () => {
  const settings = { registry: 'example.com' }
  const validating = { validateTopologyExtension: 'validate.second', settings }
  const { patches, validations, before, items, sent } = await render(
    {
      clusterClass: clusterClassOf([
        externalPatch('first'),
        inlinePatch('between', [{ name: 'a' }]),
        externalPatch('second', validating),
      ]),
    },
    {
      'generate.first': mergeInto('KubeadmConfigTemplate', files('/first')),
      'generate.second': mergeInto('KubeadmConfigTemplate', files('/second')),
      'validate.second': () => ({ status: 'Success' }),
    },
  )
  const [bootstrap, controlPlane] = [items[3]?.uid, items[1]?.uid]
  expect(patches).toMatchObject([
    { name: 'first', handler: 'generate.first', state: 'applied', matched: [bootstrap] },
    { name: 'between', state: 'applied', matched: [controlPlane] },
    { name: 'second', handler: 'generate.second', state: 'applied', matched: [bootstrap] },
  ])
  expect(patches.map(({ changed }) => changed.map(({ uid }) => uid))).toEqual([
    [bootstrap],
    [controlPlane],
    [bootstrap],
  ])
  expect(patches[2]?.changed[0]).toMatchObject({ before: files('/first'), after: files('/second') })
  const second = sent.find(({ handler }) => handler === 'generate.second')?.request ?? {}
  expect(second).toMatchObject({ kind: 'GeneratePatchesRequest', settings })
  expect(itemsOf(second)[3]?.['object']).toMatchObject(files('/first'))
  expect(sent[0]?.request).not.toHaveProperty('settings')
  expect(before[3]?.object).not.toMatchObject({ spec: { template: { spec: { files: [] } } } })
  expect(items[3]?.object).toMatchObject(files('/second'))

  const validated = validations[0]?.request ?? {}
  expect(validated).toMatchObject({ kind: 'ValidateTopologyRequest', settings })
  expect(itemsOf(validated).map((item) => item['object'])).toEqual(
    items.map(({ object }) => object),
  )
  expect(itemsOf(validated)[0]).not.toHaveProperty('uid')
})

const refusing: [string, (uid: string) => object, RegExp][] = [
  ['a Failure', () => ({ status: 'Failure', message: 'no image' }), /^no image$/],
  ['no status', () => ({}), /status of the answer is undefined/],
  [
    'a patch of no item',
    () => ({ status: 'Success', items: [{ uid: 'x', patchType: 'JSONPatch' }] }),
    /no item has the uid "x"/,
  ],
  [
    'a patch that cannot be applied',
    (uid) => ({
      status: 'Success',
      items: [
        {
          uid,
          patchType: 'JSONPatch',
          patch: Buffer.from('[{"op":"add","path":"/spec/a/b","value":1}]').toString('base64'),
        },
      ],
    }),
    /\/spec\/a\/b/,
  ],
]

it.each(refusing)('ends with %s, as a reconcile does', async (_, answerOf, message) => {
  const { patches, validations, items, before, desired, sent } = await render(
    {
      clusterClass: clusterClassOf([
        externalPatch('first', { validateTopologyExtension: 'validate.first' }),
        externalPatch('second'),
      ]),
    },
    {
      'generate.first': (request) => ({ ...answerOf(String(itemsOf(request)[0]?.['uid'])) }),
    },
  )
  expect(patches).toMatchObject([
    { name: 'first', state: 'failed', message: expect.stringMatching(message), changed: [] },
  ])
  expect(sent).toHaveLength(1)
  expect(items).toEqual(before)
  expect([validations, desired]).toEqual([[], []])
})

it('ends with a validation that fails', async () => {
  const handlers: Handlers = {
    'generate.first': () => ({ status: 'Success' }),
    'generate.second': () => ({ status: 'Success' }),
    'validate.first': () => ({ status: 'Failure', message: 'too many' }),
  }
  const { validations, desired } = await render(
    {
      clusterClass: clusterClassOf([
        externalPatch('first', { validateTopologyExtension: 'validate.first' }),
        externalPatch('second', { validateTopologyExtension: 'validate.second' }),
      ]),
    },
    handlers,
  )
  expect(validations).toMatchObject([
    { patch: 'first', handler: 'validate.first', answer: { message: 'too many' } },
  ])
  expect(desired).toEqual([])
})

it('leaves out patches and validations of an extension that nobody knows, and says so', async () => {
  const { patches, validations, notes, desired } = await render(
    {
      clusterClass: clusterClassOf([
        externalPatch('other', { validateTopologyExtension: 'validate.other' }),
        externalPatch('own'),
      ]),
    },
    { 'generate.own': mergeInto('KubeadmConfigTemplate', files('/own')) },
  )
  expect(patches).toMatchObject([
    {
      name: 'other',
      state: 'unknown',
      message: 'the extension of generate.other is not known here',
    },
    { name: 'own', state: 'applied' },
  ])
  expect(validations).toMatchObject([{ patch: 'other', answer: undefined }])
  expect(notes).toContain(
    'The patch other is left out: the extension of generate.other is not known here.',
  )
  expect(notes).toContain(
    'The validation of the patch other is left out: the extension of validate.other is not known here.',
  )
  expect(desired[3]?.object).toMatchObject(files('/own'))
})

it('fails for a patch that only validates, as the controller does', async () => {
  const external = { validateTopologyExtension: 'validate.own' }
  const { patches } = await render({ clusterClass: clusterClassOf([{ name: 'own', external }]) })
  expect(patches).toMatchObject([
    { name: 'own', state: 'failed', message: 'it has no generatePatchesExtension' },
  ])
})

it('names what the controller drops of a patch', async () => {
  const { patches, desired } = await render(
    { clusterClass: clusterClassOf([externalPatch('own')]) },
    {
      'generate.own': mergeInto('KubeadmConfigTemplate', {
        spec: { other: 1, template: { spec: { files: [] } } },
      }),
    },
  )
  expect(patches[0]?.findings).toMatchObject([
    { rule: 'patch-dropped', detail: 'KubeadmConfigTemplate of MachineDeployment: spec.other' },
  ])
  expect(at(desired[3]?.object, 'spec', 'other')).toBeUndefined()
  expect(at(desired[3]?.object, 'spec', 'template', 'spec', 'files')).toEqual([])
})

it('tells inline patches that are switched off, match nothing, are refused, and are not understood', async () => {
  const users = (valueFrom: object) =>
    inlinePatch('p', undefined, {
      definitions: [
        {
          ...inlinePatch('p', []).definitions[0],
          jsonPatches: [{ op: 'add', path: '/spec/template/spec/users', valueFrom }],
        },
      ],
    })
  const patchOf = async (patch: object) => {
    const { patches, notes } = await render({ clusterClass: clusterClassOf([patch]) })
    return { ...patches[0], notes: notes.filter((note) => note.startsWith('The patch')) }
  }
  const off = await patchOf(inlinePatch('p', [], { enabledIf: 'false' }))
  expect(off).toMatchObject({ state: 'disabled', matched: [expect.any(String)], changed: [] })
  const [definition] = inlinePatch('p', []).definitions
  const selector = { ...definition?.selector, kind: 'Other' }
  const unmatched = await patchOf(
    inlinePatch('p', [], { definitions: [{ ...definition, selector }] }),
  )
  expect(unmatched).toMatchObject({ state: 'applied', matched: [], changed: [] })
  const refused = await patchOf(users({ variable: 'nobody' }))
  expect(refused).toMatchObject({ state: 'failed', message: expect.stringContaining('nobody') })
  const unknown = await patchOf(users({ template: '{{ printf "%p" .builtin }}' }))
  expect(unknown).toMatchObject({ state: 'unknown', notes: [expect.stringContaining('%p')] })
  const empty = await patchOf({ name: 'p', definitions: [] })
  expect(empty).toMatchObject({ state: 'failed', message: 'it has no definitions' })
})
