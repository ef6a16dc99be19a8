import { expect, it } from 'vitest'
import { GeneratePatches } from '../../../../src/contract/topology.ts'
import { requestOf } from '../../../../src/testing/request.ts'
import { topologyOf } from '../../../../src/testing/topology.ts'
import { compare } from './compare.ts'

const request = requestOf(GeneratePatches, topologyOf({}))

/** An answer with a patch of the templates of a kind. */
function patched(kind: string, ...operations: object[]) {
  const patch = Buffer.from(JSON.stringify(operations)).toString('base64')
  const items = (request.items ?? []).filter(({ object }) => object['kind'] === kind)
  return { items: items.map(({ uid }) => ({ uid, patchType: 'JSONPatch', patch })) }
}
const file = (content: string) => [
  { op: 'add', path: '/spec/template/spec', value: { files: [{ path: '/a', content }] } },
]

it('says what becomes of each part of the Cluster', async () => {
  const [before, after] = ['one', 'two'].map((text) =>
    patched('KubeadmConfigTemplate', ...file(text)),
  )
  const effects = await compare(GeneratePatches, request, before ?? {}, after ?? {})
  const verdicts = effects.map(({ cluster, holder, verdict }) => [cluster, holder, verdict])
  expect(verdicts).toContainEqual(['default/demo', 'control plane', 'nothing'])
  expect(verdicts).toContainEqual(['default/demo', 'MachineDeployment md-0', 'rolls out'])
  expect(effects.flatMap(({ changes }) => changes)).toEqual([
    {
      path: 'spec.template.spec.files[0].content',
      before: 'one',
      after: 'two',
      template: 'KubeadmConfigTemplate',
    },
  ])
})

it('the same in another patch is nothing', async () => {
  const one = patched('KubeadmConfigTemplate', ...file('one'))
  const other = patched(
    'KubeadmConfigTemplate',
    { op: 'add', path: '/spec/template/spec', value: {} },
    { op: 'add', path: '/spec/template/spec/files', value: [{ content: 'one', path: '/a' }] },
  )
  const effects = await compare(GeneratePatches, request, one, other)
  expect(new Set(effects.map(({ verdict }) => verdict))).toEqual(new Set(['nothing']))
})

const fails = { status: 'Failure', message: 'variable files: expected array' }

it.each([
  ['nothing', fails, fails, {}],
  [
    'decides otherwise',
    {},
    fails,
    { reason: 'patched before, now fails: variable files: expected array' },
  ],
  ['could not tell', fails, {}, { needs: 'the templates that its Machines have now' }],
  [
    'error',
    {},
    { items: [{ uid: 'none', patchType: 'JSONPatch', patch: '' }] },
    { reason: 'Cluster API refuses the answer: no item has the uid "none"' },
  ],
  [
    'error',
    {},
    patched('KubeadmConfigTemplate', { op: 'replace', path: '/spec/none/a', value: 1 }),
    { reason: expect.stringMatching(/^Cluster API refuses the answer: KubeadmConfigTemplate of /) },
  ],
])('is %s after %j and then %j', async (verdict, before, after, more) => {
  const effects = await compare(GeneratePatches, request, before, after)
  expect(effects).toMatchObject([{ cluster: 'default/demo', verdict, ...more }])
})
