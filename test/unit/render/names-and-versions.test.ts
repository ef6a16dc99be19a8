import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json/json.ts'
import { builtinOf, clusterClassOf, clusterOf, render, templates } from './topology.ts'

const labels = {
  'cluster.x-k8s.io/cluster-name': 'demo',
  'topology.cluster.x-k8s.io/owned': '',
}
const stored = (kind: string, name: string, spec: object, own: object = {}): JsonObject => ({
  apiVersion: `${kind.endsWith('ControlPlane') ? 'controlplane.' : ''}cluster.x-k8s.io/v1beta2`,
  kind,
  metadata: { name, namespace: 'default', labels: { ...labels, ...own } },
  spec,
})
const workersSpec = (name: string, version: string) => ({
  template: {
    spec: {
      version,
      bootstrap: { configRef: { name: `${name}-bootstrap` } },
      infrastructureRef: { name: `${name}-infrastructure` },
    },
  },
})
const machineDeployment = stored(
  'MachineDeployment',
  'demo-md-0-abcde',
  workersSpec('md', 'v1.34.0'),
  { 'topology.cluster.x-k8s.io/deployment-name': 'md-0' },
)
const machinePool = stored('MachinePool', 'demo-mp-0-abcde', workersSpec('mp', 'v1.36.0'), {
  'topology.cluster.x-k8s.io/pool-name': 'md-0',
})
const controlPlane = stored('KubeadmControlPlane', 'demo-abcde', {
  version: 'v1.35.0',
  machineTemplate: { spec: { infrastructureRef: { name: 'demo-fghij' } } },
})
const workers = {
  machineDeployments: [{ class: 'worker', name: 'md-0' }],
  machinePools: [{ class: 'pool', name: 'md-0' }],
}

it('takes names and versions of stored objects', async () => {
  const { items, notes } = await render({
    cluster: clusterOf({ workers }),
    objects: [
      stored(
        'MachineDeployment',
        'of-another-cluster',
        {},
        {
          'cluster.x-k8s.io/cluster-name': 'other',
          'topology.cluster.x-k8s.io/deployment-name': 'md-0',
        },
      ),
      machinePool,
      machineDeployment,
      controlPlane,
    ],
  })
  expect(items.map(({ holderReference }) => holderReference.name)).toEqual([
    ...['demo', 'demo', 'demo-abcde', 'demo-md-0-abcde', 'demo-md-0-abcde'],
    ...['demo-mp-0-abcde', 'demo-mp-0-abcde'],
  ])
  expect(builtinOf(items[1])).toMatchObject({
    controlPlane: {
      name: 'demo-abcde',
      version: 'v1.35.0',
      machineTemplate: { infrastructureRef: { name: 'demo-fghij' } },
    },
  })
  expect(builtinOf(items[3])).toMatchObject({
    machineDeployment: {
      version: 'v1.34.0',
      bootstrap: { configRef: { name: 'md-bootstrap' } },
      infrastructureRef: { name: 'md-infrastructure' },
    },
  })
  expect(builtinOf(items[5])).toMatchObject({ machinePool: { version: 'v1.36.0' } })
  const expected = [
    'The control plane is at v1.35.0 and not yet at v1.36.0: the render is of the time before it is upgraded.',
    'The MachineDeployment md-0 is at v1.34.0 and not yet at v1.36.0: the render is of the time before it is upgraded.',
  ]
  expect(notes.filter((note) => note.includes('not yet') || note.includes('name'))).toEqual(
    expected,
  )
})

it('takes what only the stored Cluster knows from it', async () => {
  const { metadata: _, ...file } = clusterOf()
  const annotations = { 'runtime.cluster.x-k8s.io/pending-hooks': 'AfterClusterUpgrade' }
  const { items, sent, notes } = await render({
    clusterClass: clusterClassOf([{ name: 'own', external: { generatePatchesExtension: 'a.b' } }]),
    cluster: { ...file, metadata: { name: 'demo', labels: { tier: 'gold' } } },
    objects: [
      {
        ...clusterOf({}, { uid: 'stored', annotations, labels: { tier: 'silver', team: 'a' } }),
        spec: { controlPlaneRef: { kind: 'KubeadmControlPlane', name: 'demo-named' } },
      },
    ],
  })
  expect(items[2]?.holderReference.name).toBe('demo-named')
  expect(sent[0]?.request).toMatchObject({
    variables: [
      {
        value: {
          cluster: {
            uid: 'stored',
            metadata: {
              labels: { tier: 'gold', team: 'a', ...labels },
              annotations: { 'topology.internal.cluster.x-k8s.io/upgrade-step': 'v1.36.0' },
            },
          },
        },
      },
    ],
  })
  expect(notes.filter((note) => note.includes('not stored yet'))).toEqual([])
})

it('makes names up for what is not there yet, as the ClusterClass names it', async () => {
  const naming = { template: '{{ .cluster.name }}-{{ .machineDeployment.topologyName }}-pool' }
  const { workers: ofClass } = Object(clusterClassOf()['spec'])
  const [worker] = ofClass.machineDeployments
  const { items, notes } = await render({
    clusterClass: clusterClassOf(
      [],
      { workers: { machineDeployments: [{ ...worker, naming }] } },
      { naming: { template: '{{ .cluster.uid }}' } },
    ),
    cluster: clusterOf({}, { uid: undefined }),
  })
  const names = [items[2]?.holderReference.name, items[3]?.holderReference.name]
  expect(names).toEqual(['demo-xxxxx', 'demo-md-0-pool'])
  expect(builtinOf(items[3])).toMatchObject({
    machineDeployment: { bootstrap: { configRef: { name: 'demo-md-0-xxxxx' } } },
  })
  expect(notes.filter((note) => !note.startsWith('Templates'))).toEqual([
    'The Cluster demo is not stored yet: it has no uid, and builtin.cluster has none.',
    'The name of the control plane is not known: demo-xxxxx stands for it, since its naming template is not understood: {{ .cluster.uid }}',
    'The name of the MachineDeployment md-0 is not known: demo-md-0-pool stands for it.',
  ])
  const long = await render({ cluster: clusterOf({}, { name: 'x'.repeat(60) }) })
  expect(long.items[2]?.holderReference.name).toBe(`${'x'.repeat(58)}xxxxx`)
})

it.each([
  ['v1beta1', [], 'spec.machineTemplate.infrastructureRef', true],
  ['v1alpha3', [], 'spec.machineTemplate.infrastructureRef', true],
  ['v1beta2', [], 'spec.machineTemplate.spec.infrastructureRef', true],
  [
    'v1beta2',
    [
      {
        kind: 'CustomResourceDefinition',
        metadata: { labels: { 'cluster.x-k8s.io/v1beta1': 'v1beta1_v1beta2' } },
        spec: { group: 'controlplane.cluster.x-k8s.io', names: { kind: 'OwnControlPlane' } },
      },
    ],
    'spec.machineTemplate.infrastructureRef',
    false,
  ],
])(
  'says where the contract of a control plane in %s has its machines',
  async (version, objects, fieldPath, isAssumed) => {
    const own = {
      ...templates.controlPlane,
      apiVersion: `controlplane.cluster.x-k8s.io/${version}`,
      kind: 'OwnControlPlaneTemplate',
    }
    const { apiVersion, kind } = own
    const { items, notes } = await render({
      clusterClass: clusterClassOf(
        [],
        {},
        { templateRef: { apiVersion, kind, name: 'control-plane' } },
      ),
      templates: [own, ...Object.values(templates)],
      objects,
    })
    expect(items[2]?.holderReference).toMatchObject({
      apiVersion,
      kind: 'OwnControlPlane',
      fieldPath,
    })
    expect(notes.some((note) => note.startsWith('The contract of Cluster API'))).toBe(isAssumed)
  },
)

it('has no template of Machines for a control plane that runs elsewhere', async () => {
  const { items } = await render({
    clusterClass: clusterClassOf([], {}, { machineInfrastructure: undefined }),
  })
  expect(items.map(({ holderReference }) => holderReference.kind)).toEqual([
    ...['Cluster', 'Cluster', 'MachineDeployment', 'MachineDeployment'],
  ])
  expect(builtinOf(items[1])).not.toHaveProperty('controlPlane.machineTemplate')
})
