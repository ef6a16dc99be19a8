import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json/json.ts'
import { withValue } from '../../../src/json/path.ts'
import { compareTopologies } from '../../../src/rollout/compare-topologies.ts'
import type { ItemOfRequest } from '../../../src/rules/patches.ts'
import { edited, recordedItems, verdictsOf } from './edits.ts'

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
  const path = 'spec.template.spec.preKubeadmCommands'
  const verdicts = await verdictsOf([{ kind: 'KubeadmConfigTemplate', path, value: ['a'] }])
  expect(verdicts).toMatchObject([
    {
      holder: 'MachineDeployment md-0',
      verdict: 'rolls out',
      machines: 2,
      changes: [{ template: 'KubeadmConfigTemplate', path, before: undefined, after: ['a'] }],
      rules: [
        { file: 'core/reconcilers/topology/cluster/reconcile_state.go' },
        { file: 'core/reconcilers/machinedeployment/mdutil/util.go' },
      ],
    },
  ])
})

const config = 'KubeadmConfigTemplate'
const machines = 'DevMachineTemplate'
const controlPlane = 'KubeadmControlPlaneTemplate'
const spec = 'spec.template.spec'
const kubeadm = `${spec}.kubeadmConfigSpec`
const node = `${spec}.joinConfiguration.nodeRegistration`

it('tells the Machines of a control plane apart that kubeadm init and join made', async () => {
  const labels = {
    'cluster.x-k8s.io/cluster-name': 'chain',
    'cluster.x-k8s.io/control-plane': '',
  }
  const objects = ['init', 'join', 'join2'].flatMap((name): JsonObject[] => {
    const configRef = { kind: 'KubeadmConfig', name, apiGroup: 'bootstrap.cluster.x-k8s.io' }
    const part = name === 'init' ? 'initConfiguration' : 'joinConfiguration'
    const nodeRegistration = { kubeletExtraArgs: [{ name: 'a', value: 'b' }] }
    return [
      {
        kind: 'Machine',
        metadata: { namespace: 'default', name, labels },
        spec: { bootstrap: { configRef } },
      },
      {
        apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
        kind: 'KubeadmConfig',
        metadata: { namespace: 'default', name, labels },
        spec: { [part]: { nodeRegistration } },
      },
    ]
  })
  const criSocket = (part: string, value: string) => ({
    kind: controlPlane,
    path: `${kubeadm}.${part}.nodeRegistration.criSocket`,
    value,
  })
  const both = [criSocket('initConfiguration', 'a'), criSocket('joinConfiguration', 'a')]
  expect(await verdictsOf([criSocket('joinConfiguration', 'a')], [], { objects })).toMatchObject([
    { verdict: 'rolls out', machines: 2 },
  ])
  expect(await verdictsOf(both, [], { objects })).toMatchObject([
    { verdict: 'rolls out', machines: 3 },
  ])
  const unlike = [criSocket('initConfiguration', 'b')]
  expect(
    await verdictsOf([criSocket('initConfiguration', 'c')], unlike, { objects }),
  ).toMatchObject([{ verdict: 'rolls out', machines: 1 }])
  const joined = objects.filter((object) => JSON.stringify(object).includes('"join'))
  expect(
    await verdictsOf([criSocket('initConfiguration', 'c')], unlike, { objects: joined }),
  ).toMatchObject([{ verdict: 'in place' }])
})

it('asks for the definition of a field that may have been set to its default', async () => {
  const edit = { kind: machines, holder: 'MachineDeployment', path: `${spec}.bootTime`, value: 1 }
  const [without] = await verdictsOf([edit])
  expect(without).toMatchObject({ verdict: 'rolls out', needs: expect.stringContaining('--crds') })
  const complete = (object: JsonObject) =>
    object['kind'] === machines ? withValue(object, [...spec.split('.'), 'bootTime'], 1) : object
  expect(await verdictsOf([edit], [], { complete })).toMatchObject([{ verdict: 'in place' }])
  const [changed] = await verdictsOf([{ ...edit, value: 2 }], [edit])
  expect(changed).not.toHaveProperty('needs')
})

it('converts templates of kubeadm in v1beta1', async () => {
  const v1beta1 = { kind: config, path: 'apiVersion', value: 'bootstrap.cluster.x-k8s.io/v1beta1' }
  const before = [v1beta1, { kind: config, path: `${node}.kubeletExtraArgs`, value: { v: '2' } }]
  const argument = { kind: config, path: `${node}.kubeletExtraArgs` }
  const after = (value: string) => [{ ...argument, value: [{ name: 'v', value }] }]
  expect(await verdictsOf(after('2'), before)).toMatchObject([{ verdict: 'in place' }])
  expect(await verdictsOf(after('3'), before)).toMatchObject([{ verdict: 'rolls out' }])
})

it('cannot tell what another version of a provider means when its fields have changed', async () => {
  const verdicts = await verdictsOf([
    { kind: machines, path: 'apiVersion', value: 'infrastructure.cluster.x-k8s.io/v1beta3' },
    { kind: machines, path: `${spec}.other`, value: 1 },
  ])
  expect(verdicts.map(({ verdict, needs }) => [verdict, needs])).toEqual(
    Array(2).fill([
      'could not tell',
      'both templates in one version, as kubectl get devmachinetemplates gives them',
    ]),
  )
})

it('looks at what the topology sets of a MachineDeployment', async () => {
  const { items, variables } = recordedItems()
  const withBuiltin = (field: string, value: unknown) =>
    items.map((item) => ({
      ...item,
      variables: item.variables?.map((variable) => ({
        ...variable,
        value: withValue(Object(variable.value), ['machineDeployment', ...field.split('.')], value),
      })),
    }))
  const verdict = async (field: string, value: unknown) => {
    const after = withBuiltin(field, value) as ItemOfRequest[]
    const verdicts = await compareTopologies(items, after, variables)
    const [one] = verdicts.filter(({ holder }) => holder.startsWith('MachineDeployment'))
    return [one?.verdict, one?.changes.map(({ path }) => path).join()]
  }
  expect(await verdict('version', 'v1.99.0')).toEqual(['rolls out', 'spec.version'])
  expect(await verdict('replicas', 3)).toEqual(['in place', 'spec.replicas'])
  expect(await verdict('metadata.labels.a', 'b')).toEqual(['in place', 'metadata.labels.a'])
})

it('says when a MachineDeployment comes or goes', async () => {
  const { items, variables } = recordedItems()
  const rest = items.filter(({ holderReference }) => holderReference.kind !== 'MachineDeployment')
  const gone = await compareTopologies(items, rest, variables)
  expect(gone.at(-1)).toMatchObject({
    holder: 'MachineDeployment md-0',
    verdict: 'rolls out',
    machines: 2,
  })
  const come = await compareTopologies(rest, items, variables)
  expect(come.at(-1)).toMatchObject({ holder: 'MachineDeployment md-0', verdict: 'in place' })
})

it('leaves MachinePools and other control planes to their providers', async () => {
  const { items, variables } = recordedItems()
  const others = JSON.parse(
    JSON.stringify(items)
      .replaceAll('KubeadmControlPlane', 'OtherControlPlane')
      .replaceAll('"MachineDeployment"', '"MachinePool"')
      .replaceAll('machineDeployment', 'machinePool'),
  )
  const after = edited(others, [
    { kind: 'OtherControlPlaneTemplate', path: `${kubeadm}.verbosity`, value: 1 },
    { kind: config, path: `${spec}.verbosity`, value: 1 },
  ])
  const verdicts = await compareTopologies(others, after, variables)
  expect(verdicts.map(({ holder, verdict }) => [holder, verdict])).toEqual([
    ['infrastructure cluster', 'nothing'],
    ['control plane', 'provider decides'],
    ['MachinePool md-0', 'provider decides'],
  ])
})
