import { expect, it } from 'vitest'
import { compareTopologies } from '../../../src/rollout/compare-topologies.ts'
import { recordedItems, verdictsOf } from './edits.ts'

it('says nothing of the same templates in another order, with other uids', async () => {
  const { items, variables } = recordedItems()
  const others = items.toReversed().map((item, i) => ({ ...item, uid: `${i}` }))
  const verdicts = await compareTopologies(items, others, variables)
  expect(verdicts.map(({ holder, cluster, verdict }) => [cluster, holder, verdict])).toEqual([
    ['default/chain', 'infrastructure cluster', 'nothing'],
    ['default/chain', 'control plane', 'nothing'],
    ['default/chain', 'MachineDeployment md-0', 'nothing'],
  ])
})

it('rolls out what a template rotates', async () => {
  const verdicts = await verdictsOf([
    {
      kind: 'KubeadmConfigTemplate',
      path: 'spec.template.spec.preKubeadmCommands',
      value: ['a'],
    },
  ])
  expect(verdicts).toMatchObject([
    {
      holder: 'MachineDeployment md-0',
      verdict: 'rolls out',
      machines: 2,
      changes: [
        {
          template: 'KubeadmConfigTemplate',
          path: 'spec.template.spec.preKubeadmCommands',
          before: undefined,
          after: ['a'],
        },
      ],
    },
  ])
})

it('patches the metadata of a template in place', async () => {
  const verdicts = await verdictsOf([
    { kind: 'KubeadmConfigTemplate', path: 'metadata.labels.a', value: 'b' },
  ])
  expect(verdicts).toMatchObject([
    {
      holder: 'MachineDeployment md-0',
      verdict: 'in place',
      changes: [{ path: 'metadata.labels.a' }],
    },
  ])
})

it.each([
  ['rolls out', 'verbosity', 3],
  ['in place', 'clusterConfiguration.dns', { imageTag: 'v1.13' }],
])('%s for %s of the control plane', async (verdict, field, value) => {
  const verdicts = await verdictsOf([
    {
      kind: 'KubeadmControlPlaneTemplate',
      path: `spec.template.spec.kubeadmConfigSpec.${field}`,
      value,
    },
  ])
  expect(verdicts).toMatchObject([{ holder: 'control plane', verdict }])
})

it('leaves infrastructure clusters to their provider', async () => {
  const verdicts = await verdictsOf([
    { kind: 'DevClusterTemplate', path: 'spec.template.spec.backend', value: { docker: {} } },
  ])
  expect(verdicts).toMatchObject([
    { holder: 'infrastructure cluster', verdict: 'provider decides' },
  ])
})
