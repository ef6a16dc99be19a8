import { expect, it } from 'vitest'
import { at } from '../../../src/json/path.ts'
import {
  clusterClassOf,
  clusterOf,
  externalPatch,
  mergeInto,
  render,
  templates,
} from './topology.ts'

const ofControlPlane = (fields: object) => ({ spec: { template: { spec: fields } } })
const { controlPlane } = templates
const patch = {
  version: 'v1.0.0',
  replicas: 5,
  rollout: { after: '2030-01-01T00:00:00Z', strategy: { type: 'RollingUpdate' } },
  machineTemplate: {
    metadata: { labels: { a: 'b' } },
    spec: {
      infrastructureRef: { name: 'other' },
      readinessGates: [{ conditionType: 'Mine' }],
      taints: [{ key: 'mine' }],
      deletion: { nodeDrainTimeoutSeconds: 1, nodeDeletionTimeoutSeconds: 2 },
    },
  },
}

async function desiredOf(topology: object, ofClass: object, template: object = {}) {
  const { desired } = await render(
    {
      clusterClass: clusterClassOf([externalPatch('own')], {}, ofClass),
      cluster: clusterOf({ controlPlane: topology }),
      templates: Object.values({
        ...templates,
        controlPlane: {
          ...controlPlane,
          ...ofControlPlane({ kubeadmConfigSpec: {}, ...template }),
        },
      }),
    },
    { 'generate.own': mergeInto('KubeadmControlPlaneTemplate', ofControlPlane(patch)) },
  )
  return at(desired[1]?.object, 'spec', 'template', 'spec')
}

it('keeps fields of a control plane that neither topology nor template sets', async () => {
  const { version: _, machineTemplate, ...others } = patch
  expect(await desiredOf({}, { machineInfrastructure: undefined })).toEqual({
    kubeadmConfigSpec: {},
    ...others,
    machineTemplate,
  })
})

it('drops those that the topology sets', async () => {
  const taints = [{ key: 'theirs', effect: 'NoSchedule', propagation: 'Always' }]
  const topology = {
    replicas: 3,
    rollout: { after: '2026-01-01T00:00:00Z' },
    readinessGates: [{ conditionType: 'Theirs' }],
    deletion: { nodeDrainTimeoutSeconds: 10 },
  }
  expect(await desiredOf(topology, { taints })).toEqual({
    kubeadmConfigSpec: {},
    rollout: { strategy: patch.rollout.strategy },
    machineTemplate: { spec: { deletion: { nodeDeletionTimeoutSeconds: 2 } } },
  })
})

it('keeps the value of the template where it has one', async () => {
  const template = { replicas: 1, machineTemplate: { spec: { taints: [] } } }
  expect(await desiredOf({}, {}, template)).toMatchObject({
    replicas: 1,
    machineTemplate: { spec: { taints: [], readinessGates: [{ conditionType: 'Mine' }] } },
  })
})

it("keeps the controller's own labels and annotations, and what may be patched of the metadata", async () => {
  const owned = 'topology.cluster.x-k8s.io/owned'
  const metadata = { labels: { [owned]: 'no', mine: 'x' }, annotations: { mine: 'y' } }
  const { desired } = await render(
    { clusterClass: clusterClassOf([externalPatch('own')]) },
    {
      'generate.own': mergeInto('DevMachineTemplate', {
        metadata,
        spec: { template: { metadata } },
      }),
    },
  )
  expect(desired[4]?.object).toMatchObject({
    metadata: { labels: { [owned]: '', mine: 'x' }, annotations: { mine: 'y' } },
    spec: { template: { metadata: { labels: { [owned]: 'no', mine: 'x' } } } },
  })
})
