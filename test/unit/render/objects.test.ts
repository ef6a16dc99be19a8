import { expect, it } from 'vitest'
import { StartError } from '../../../src/messages/start-error.ts'
import {
  builtinOf,
  clusterClassOf,
  clusterOf,
  externalPatch,
  render,
  templates,
} from './topology.ts'

it('gives templates the labels and annotations of what is made of them', async () => {
  const metadata = (labels: object, annotations: object = {}) => ({
    metadata: { labels, annotations },
  })
  const { workers } = Object(clusterClassOf()['spec'])
  const [worker] = workers.machineDeployments
  const held = { 'topology.cluster.x-k8s.io/defer-upgrade': '' }
  const ofTemplate = { labels: { own: 'template' }, annotations: { own: 'template' } }
  const { items } = await render({
    clusterClass: clusterClassOf(
      [],
      {
        workers: {
          machineDeployments: [{ ...worker, ...metadata({ class: 'x', both: 'class' }, held) }],
        },
      },
      metadata({ class: 'x', both: 'class', own: 'class' }, { class: 'x' }),
    ),
    cluster: clusterOf({
      controlPlane: metadata({ topology: 'y', both: 'topology' }),
      workers: {
        machineDeployments: [{ class: 'worker', name: 'md-0', ...metadata({ both: 'topology' }) }],
      },
    }),
    templates: Object.values({
      ...templates,
      controlPlane: {
        ...templates.controlPlane,
        spec: { template: { metadata: ofTemplate, spec: {} } },
      },
      bootstrap: { ...templates.bootstrap, metadata: { name: 'bootstrap', ...ofTemplate } },
    }),
  })
  const owned = {
    'cluster.x-k8s.io/cluster-name': 'demo',
    'topology.cluster.x-k8s.io/owned': '',
  }
  const ofControlPlane = {
    labels: { own: 'class', class: 'x', both: 'topology', topology: 'y', ...owned },
    annotations: {
      own: 'template',
      class: 'x',
      'cluster.x-k8s.io/cloned-from-groupkind':
        'KubeadmControlPlaneTemplate.controlplane.cluster.x-k8s.io',
      'cluster.x-k8s.io/cloned-from-name': 'control-plane',
    },
  }
  expect(items[1]?.object).toMatchObject({
    metadata: { name: 'control-plane', namespace: 'default' },
    spec: { template: { metadata: ofControlPlane } },
  })
  expect(builtinOf(items[1])).toMatchObject({ controlPlane: { metadata: ofControlPlane } })
  // Its templates get none of the MachineDeployment's labels.
  const deployment = { 'topology.cluster.x-k8s.io/deployment-name': 'md-0' }
  expect(items[3]?.object['metadata']).toEqual({
    name: 'bootstrap',
    namespace: 'default',
    labels: { own: 'template', ...owned, ...deployment },
    annotations: {
      own: 'template',
      'cluster.x-k8s.io/cloned-from-groupkind': 'KubeadmConfigTemplate.bootstrap.cluster.x-k8s.io',
      'cluster.x-k8s.io/cloned-from-name': 'bootstrap',
    },
  })
  expect(builtinOf(items[3])).toMatchObject({
    machineDeployment: {
      metadata: { labels: { class: 'x', both: 'topology', ...owned, ...deployment } },
    },
  })
  expect(builtinOf(items[3])).not.toHaveProperty('machineDeployment.metadata.annotations')
})

it('sends no managedFields, and none of the annotations that hold whole objects', async () => {
  const large = {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'cluster.x-k8s.io/conversion-data': '{}',
  }
  const marked = (template: object) => ({
    ...template,
    metadata: { ...Object(template).metadata, annotations: large, managedFields: [{}] },
  })
  const { items, sent } = await render({
    clusterClass: clusterClassOf([externalPatch('own')]),
    cluster: clusterOf({}, { annotations: { ...large, mine: 'x' } }),
    templates: Object.values(templates).map(marked),
  })
  expect(items[0]?.object['metadata']).toEqual({ name: 'cluster', namespace: 'default' })
  expect(Object.keys(Object(items[3]?.object['metadata']).annotations)).toEqual([
    'cluster.x-k8s.io/cloned-from-groupkind',
    'cluster.x-k8s.io/cloned-from-name',
  ])
  const { builtin } = { builtin: Object(sent[0]?.request['variables'])[0].value }
  expect(builtin.cluster.metadata.annotations).toEqual({ mine: 'x' })
})

it('reads v1beta1 as it reads v1beta2', async () => {
  const external = {
    validateTopologyExtension: 'validate.own',
    discoverVariablesExtension: 'discover.own',
    settings: { a: 'b' },
  }
  const naming = { template: '{{ .cluster.name }}-own' }
  const metadata = { labels: { a: 'b' } }
  const { workers } = Object(clusterClassOf()['spec'])
  const [worker] = workers.machineDeployments
  const [pool] = workers.machinePools
  const clusterClass = clusterClassOf(
    [externalPatch('own', external)],
    {
      workers: {
        machineDeployments: [{ ...worker, naming, metadata }],
        machinePools: [{ ...pool, naming, metadata }],
      },
    },
    { naming, metadata },
  )
  const { infrastructure, controlPlane } = Object(clusterClass['spec'])
  const old = ({ class: name, bootstrap, infrastructure }: typeof worker) => ({
    class: name,
    namingStrategy: naming,
    template: {
      metadata,
      bootstrap: { ref: bootstrap.templateRef },
      infrastructure: { ref: infrastructure.templateRef },
    },
  })
  const { generatePatchesExtension: generateExtension, ...others } = Object(
    externalPatch('own', external)['external'],
  )
  const { validateTopologyExtension: validateExtension, ...same } = others
  const oldClusterClass = {
    ...clusterClass,
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    spec: {
      infrastructure: { ref: infrastructure.templateRef },
      controlPlane: {
        ref: controlPlane.templateRef,
        machineInfrastructure: { ref: controlPlane.machineInfrastructure.templateRef },
        namingStrategy: naming,
        metadata,
      },
      workers: { machineDeployments: [old(worker)], machinePools: [old(pool)] },
      patches: [{ name: 'own', external: { ...same, generateExtension, validateExtension } }],
    },
  }
  const topology = {
    controlPlane: { variables: { overrides: [{ name: 'size', value: 2 }] } },
    workers: {
      machineDeployments: [{ class: 'worker', name: 'md-0' }],
      machinePools: [{ class: 'pool', name: 'mp-0', replicas: 1 }],
    },
  }
  const cluster = clusterOf(topology)
  const { topology: whole } = Object(cluster['spec'])
  const { classRef: _, ...rest } = whole
  const oldCluster = {
    ...cluster,
    apiVersion: 'cluster.x-k8s.io/v1beta1',
    spec: { topology: { ...rest, class: 'fleet', classNamespace: 'default' } },
  }
  const handlers = Object.fromEntries(
    ['generate.own', 'validate.own', 'discover.own'].map((name) => [
      name,
      () => ({ status: 'Success' }),
    ]),
  )
  const [now, then] = [
    await render({ clusterClass, cluster }, handlers),
    await render({ clusterClass: oldClusterClass, cluster: oldCluster }, handlers),
  ]
  expect(now.sent.map(({ hook }) => hook)).toEqual([
    ...['DiscoverVariables', 'GeneratePatches', 'ValidateTopology'],
  ])
  expect(then.sent).toEqual(now.sent)
  expect(then.notes).toEqual(now.notes)
})

it('completes each template, and says what templates of files lack', async () => {
  const { items, notes } = await render({
    complete: (object) => ({ ...object, spec: { ...Object(object['spec']), completed: true } }),
  })
  expect(items.every(({ object }) => Object(object['spec']).completed)).toBe(true)
  const lacking = (list: readonly string[]) => list.filter((note) => note.includes('defaults'))
  expect(lacking(notes)).toEqual([
    'Templates that are not stored lack the defaults that webhooks of their providers set.',
  ])
  expect(lacking((await render({})).notes)).toEqual([
    'Templates that are not stored lack the defaults of their CustomResourceDefinitions, and those that webhooks of their providers set.',
  ])
  const storedTemplates = Object.values(templates).map((template) => ({
    ...template,
    metadata: { ...Object(template['metadata']), resourceVersion: '1' },
  }))
  expect(lacking((await render({ templates: storedTemplates })).notes)).toEqual([])
})

it('says when the ClusterClass names another version than a template has', async () => {
  const { controlPlane } = templates
  const apiVersion = 'controlplane.cluster.x-k8s.io/v1beta1'
  const { notes, items } = await render({
    templates: Object.values({ ...templates, controlPlane: { ...controlPlane, apiVersion } }),
  })
  expect(items[1]?.object['apiVersion']).toBe(apiVersion)
  expect(notes).toContain(
    'The KubeadmControlPlaneTemplate control-plane is given in controlplane.cluster.x-k8s.io/v1beta1, but the ClusterClass names controlplane.cluster.x-k8s.io/v1beta2: the API server would convert it.',
  )
})

const elsewhere = { ...templates.bootstrap, metadata: { name: 'bootstrap', namespace: 'other' } }
it.each([
  ['no Cluster', { cluster: { kind: 'Secret' } }, 'this is a Secret and no Cluster'],
  ['no ClusterClass', { clusterClass: { kind: 'Secret' } }, 'this is a Secret and no ClusterClass'],
  [
    'a Cluster without a version',
    { cluster: clusterOf({ version: undefined }) },
    'this is no Cluster: spec.topology.version: required',
  ],
  [
    'a ClusterClass without templates',
    { clusterClass: { ...clusterClassOf(), spec: {} } },
    'this is no ClusterClass: spec.infrastructure: required',
  ],
  [
    'a Cluster of another ClusterClass',
    { cluster: clusterOf({ classRef: { name: 'fleet', namespace: 'other' } }) },
    'the Cluster demo is of the ClusterClass other/fleet, and not of default/fleet',
  ],
  [
    'a class that the ClusterClass lacks',
    { cluster: clusterOf({ workers: { machineDeployments: [{ class: 'gpu', name: 'md-0' }] } }) },
    'the MachineDeployment md-0 of the Cluster demo is of the class gpu: the ClusterClass fleet has none of that name',
  ],
  [
    'a template of another namespace',
    { templates: Object.values({ ...templates, bootstrap: elsewhere }) },
    'the ClusterClass names the KubeadmConfigTemplate bootstrap (bootstrap.cluster.x-k8s.io/v1beta2): it is not among the templates',
  ],
])('refuses %s', async (_, input, message) => {
  await expect(render(input)).rejects.toThrow(new StartError(message))
})
