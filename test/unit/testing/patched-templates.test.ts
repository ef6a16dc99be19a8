import { describe, expect, it } from 'vitest'
import type { Patch } from '../../../src/contract/common.ts'
import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { GeneratePatches, ValidateTopology } from '../../../src/contract/topology.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { callHook } from '../../../src/testing/call-hook.ts'
import { clusterOf } from '../../../src/testing/cluster.ts'
import { patchedTemplate, patchedTemplates } from '../../../src/testing/patched-templates.ts'
import { requestOf } from '../../../src/testing/request.ts'
import { topologyOf } from '../../../src/testing/topology.ts'
import { templateType } from '../../../src/topology/template-type.ts'

const [infrastructureCluster, controlPlane, controlPlaneMachines, , machines] = topologyOf().items

/** The answer of a handler that patches the item with this uid. */
async function answerWith(patchType: Patch['patchType'], document: object, uid = machines?.uid) {
  const patch = encodePatch(patchType, document)
  const hook = defineHook(GeneratePatches, () => ({
    items: patch ? [{ uid: uid ?? '', ...patch }] : [],
  }))
  return callHook(hook, requestOf(GeneratePatches))
}
const request = requestOf(GeneratePatches)
const imageOf = (image: string) => ({ spec: { template: { spec: { image } } } })
const ofMachineDeployment = { matchResources: { machineDeploymentClass: { names: ['*'] } } }

describe.each([
  ['JSONPatch', [{ op: 'add', path: '/spec/template/spec/image', value: 'new' }]],
  ['JSONMergePatch', imageOf('new')],
] as const)('a %s', (patchType, document) => {
  it('is applied to its template, and to no other', async () => {
    const items = patchedTemplates(request, await answerWith(patchType, document))
    expect(items[4]?.object).toMatchObject(imageOf('new'))
    expect(items.slice(0, 4)).toEqual(request.items?.slice(0, 4))
    expect(request.items?.[4]).toEqual(machines)
  })
})

it('gives what ValidateTopology is sent', async () => {
  const items = patchedTemplates(request, await answerWith('JSONMergePatch', imageOf('new')))
  const validate = defineHook(ValidateTopology, ({ request: { items } }) => ({
    status: 'Failure',
    message: JSON.stringify(items?.[4]?.object['spec']),
  }))
  expect(
    await callHook(validate, requestOf(ValidateTopology, { ...request, items })),
  ).toMatchObject({
    message: JSON.stringify(imageOf('new').spec),
  })
})

describe('refuses', () => {
  it.each([
    [
      'a part that the controller would drop',
      'JSONMergePatch',
      { spec: { template: { spec: { replicas: 3 } } } },
      controlPlane,
      'KubeadmControlPlaneTemplate of Cluster: spec.template.spec.replicas. A patch changes only what the controller keeps: all else is lost in silence.',
    ],
    [
      'a label of the controller',
      'JSONMergePatch',
      { metadata: { labels: { 'topology.cluster.x-k8s.io/owned': null } } },
      controlPlaneMachines,
      'DevMachineTemplate of KubeadmControlPlane: metadata.labels["topology.cluster.x-k8s.io/owned"]. A patch',
    ],
    [
      'a patch that does not apply',
      'JSONPatch',
      [{ op: 'remove', path: '/spec/template/spec/image' }],
      infrastructureCluster,
      'A patch applies to its object.',
    ],
    [
      'a patch of no template',
      'JSONMergePatch',
      imageOf('new'),
      { uid: 'none' },
      'no item has the uid "none". A patch names the uid of an item of its request.',
    ],
  ] as const)('%s', async (_, patchType, document, item, message) => {
    const answer = await answerWith(patchType, document, item?.uid)
    expect(() => patchedTemplates(request, answer)).toThrow(message)
  })

  it('a Failure', async () => {
    const hook = defineHook(GeneratePatches, () => ({ status: 'Failure', message: 'No region' }))
    const answer = await callHook(hook, request)
    expect(() => patchedTemplates(request, answer)).toThrow(
      new Error('the answer is a Failure: No region'),
    )
  })
})

describe('one template', () => {
  const DevMachineTemplate = templateType<{ spec: { template: { spec: { image?: string } } } }>(
    ['infrastructure.cluster.x-k8s.io/v1beta1', 'infrastructure.cluster.x-k8s.io/v1beta2'],
    'DevMachineTemplate',
  )

  it('is found by its type and its holder', async () => {
    const answer = await answerWith('JSONMergePatch', imageOf('new'))
    const template = patchedTemplate(request, answer, DevMachineTemplate, ofMachineDeployment)
    expect(template.spec.template.spec.image).toBe('new')
    const matchResources = { controlPlane: true }
    const other = patchedTemplate(request, answer, 'DevMachineTemplate', { matchResources })
    expect(other).toEqual(controlPlaneMachines?.object)
  })

  it('is found by the name of a class', async () => {
    const machineDeployments = [
      { class: 'cpu', name: 'a' },
      { class: 'gpu', name: 'b' },
    ]
    const cluster = clusterOf({ spec: { topology: { workers: { machineDeployments } } } })
    const topology = requestOf(GeneratePatches, topologyOf({ cluster }))
    const uid = topology.items?.at(-1)?.uid
    const answer = await answerWith('JSONMergePatch', imageOf('new'), uid)
    const imageOfClass = (name: string) => {
      const matchResources = { machineDeploymentClass: { names: [name] } }
      return patchedTemplate(topology, answer, DevMachineTemplate, { matchResources }).spec.template
        .spec
    }
    expect(imageOfClass('gpu')).toEqual({ image: 'new' })
    expect(imageOfClass('cpu')).toEqual({})
  })

  it('is one and no other', async () => {
    const answer = await answerWith('JSONMergePatch', {})
    expect(() => patchedTemplate(request, answer, DevMachineTemplate)).toThrow(
      'several templates are meant: say with matchResources or topologyName which of DevMachineTemplate infrastructure.cluster.x-k8s.io/v1beta2 of KubeadmControlPlane demo-control-plane, DevMachineTemplate infrastructure.cluster.x-k8s.io/v1beta2 of MachineDeployment demo-md-0',
    )
    const old = templateType('infrastructure.cluster.x-k8s.io/v1beta1', 'DevMachineTemplate')
    expect(() => patchedTemplate(request, answer, old)).toThrow(
      'no such template: DevMachineTemplate infrastructure.cluster.x-k8s.io/v1beta1. There are: DevClusterTemplate infrastructure.cluster.x-k8s.io/v1beta2 of Cluster demo, ',
    )
  })
})
