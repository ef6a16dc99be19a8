import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withValue } from '../../../src/json/path.ts'
import { rules } from '../../../src/rollout/rules.ts'
import type { ItemOfRequest } from '../../../src/rules/patches.ts'
import { recordedItems, verdictsOf } from './edits.ts'

const config = 'KubeadmConfigTemplate'
const machines = 'DevMachineTemplate'
const controlPlane = 'KubeadmControlPlaneTemplate'
const spec = 'spec.template.spec'
const kubeadm = `${spec}.kubeadmConfigSpec`
const node = `${spec}.joinConfiguration.nodeRegistration`

// One file of Cluster API that says so beside each.
it.each<[name: string, kind: string, path: string, value: unknown, verdict: string, file: string]>([
  ['its own labels', config, 'metadata.labels.a', 'b', 'in place', 'reconcile_state.go'],
  ['its own labels', machines, 'metadata.labels.a', 'b', 'in place', 'reconcile_state.go'],
  [
    'labels of what it makes',
    config,
    'spec.template.metadata.labels',
    { a: 'b' },
    'rolls out',
    'reconcile_state.go',
  ],
  [
    'no labels of what it makes',
    config,
    'spec.template.metadata.labels',
    {},
    'rolls out',
    'reconcile_state.go',
  ],
  [
    'a default of earlier versions',
    config,
    `${spec}.format`,
    'cloud-config',
    'in place',
    'dryrun.go',
  ],
  ['another value', config, `${spec}.format`, 'ignition', 'rolls out', 'reconcile_state.go'],
  [
    'a default in an object',
    config,
    `${node}.imagePullPolicy`,
    'IfNotPresent',
    'in place',
    'dryrun.go',
  ],
  ['an empty list that counts', config, `${node}.taints`, [], 'rolls out', 'reconcile_state.go'],
  [
    'a file',
    controlPlane,
    `${kubeadm}.files`,
    [{ path: '/a', content: 'a' }],
    'rolls out',
    'filters.go',
  ],
  ['no files', controlPlane, `${kubeadm}.files`, [], 'in place', 'filters.go'],
  [
    'DNS',
    controlPlane,
    `${kubeadm}.clusterConfiguration.dns`,
    { imageTag: 'v1.13' },
    'in place',
    'filters.go',
  ],
  [
    'its remediation',
    controlPlane,
    `${spec}.remediation`,
    { maxRetry: 1 },
    'in place',
    'filters.go',
  ],
  [
    'its strategy',
    controlPlane,
    `${spec}.rollout.strategy.rollingUpdate.maxSurge`,
    0,
    'in place',
    'filters.go',
  ],
  ['its labels', controlPlane, 'spec.template.metadata.labels.a', 'b', 'in place', 'filters.go'],
  [
    'dates of certificates',
    controlPlane,
    `${spec}.rollout.before.certificatesExpiryDays`,
    9,
    'could not tell',
    'filters.go',
  ],
  [
    'what the webhook refuses',
    controlPlane,
    `${kubeadm}.clusterConfiguration.certificatesDir`,
    '/a',
    'could not tell',
    'kubeadmcontrolplane.go',
  ],
  [
    'init that goes',
    controlPlane,
    `${kubeadm}.initConfiguration`,
    undefined,
    'could not tell',
    'kubeadmcontrolplane.go',
  ],
  [
    'an external etcd',
    controlPlane,
    `${kubeadm}.clusterConfiguration.etcd.external`,
    { endpoints: ['a'] },
    'could not tell',
    'kubeadmcontrolplane.go',
  ],
  [
    'init alone, of one Machine',
    controlPlane,
    `${kubeadm}.initConfiguration.nodeRegistration.criSocket`,
    'a',
    'in place',
    'filters.go',
  ],
  [
    'join alone, of one Machine',
    controlPlane,
    `${kubeadm}.joinConfiguration.nodeRegistration.criSocket`,
    'a',
    'could not tell',
    'filters.go',
  ],
  [
    'an object that is left empty',
    machines,
    `${spec}.backend.inMemory.vm.provisioning`,
    {},
    'could not tell',
    'dryrun.go',
  ],
  [
    'another backend',
    'DevClusterTemplate',
    `${spec}.backend`,
    { docker: {} },
    'provider decides',
    'reconcile_state.go',
  ],
  ['another kind', machines, 'kind', 'OtherTemplate', 'could not tell', 'compatibility.go'],
  ['another kind', config, 'kind', 'OtherTemplate', 'could not tell', 'serversidepatchhelper.go'],
  [
    'another version',
    machines,
    'apiVersion',
    'infrastructure.cluster.x-k8s.io/v1beta3',
    'could not tell',
    'current_state.go',
  ],
])('%s: %s %s = %j: %s', async (_, kind, path, value, verdict, file) => {
  const verdicts = await verdictsOf([{ kind, path, value }])
  for (const one of verdicts) {
    expect(one.verdict).toBe(verdict)
    expect(one.changes.length).toBeGreaterThan(0)
    expect(one.rules.map((rule) => rule.file.split('/').at(-1))).toContain(file)
    expect(one.needs !== undefined).toBe(verdict === 'could not tell')
  }
  expect(verdicts.length).toBeGreaterThan(0)
})

it('patches an infrastructure cluster in place when only the name of its template changes', async () => {
  const edit = {
    kind: 'DevClusterTemplate',
    path: 'spec.template.metadata.annotations',
    value: { 'cluster.x-k8s.io/cloned-from-name': 'another' },
  }
  const groupKind = 'DevClusterTemplate.infrastructure.cluster.x-k8s.io'
  const value = { ...edit.value, 'cluster.x-k8s.io/cloned-from-groupkind': groupKind }
  const after = (more: object) => [{ ...edit, value: { ...value, ...more } }]
  expect(await verdictsOf(after({}))).toMatchObject([{ verdict: 'in place' }])
  expect(await verdictsOf(after({ a: 'b' }))).toMatchObject([{ verdict: 'provider decides' }])
})

it('does not count what the controller drops', async () => {
  const verdicts = await verdictsOf([
    { kind: controlPlane, path: `${spec}.replicas`, value: 5 },
    { kind: controlPlane, path: `${spec}.version`, value: 'v1.0.0' },
    { kind: controlPlane, path: `${spec}.machineTemplate.metadata.labels.a`, value: 'b' },
    { kind: controlPlane, path: 'metadata.labels', value: { a: 'b' } },
    { kind: config, path: 'spec.other', value: 1 },
  ])
  expect(verdicts).toEqual([])
})

it('does not count labels that the controller sets itself', async () => {
  const before = { kind: machines, path: 'metadata.labels', value: { a: 'b' } }
  const own = { 'topology.cluster.x-k8s.io/owned': 'no', a: 'b' }
  expect(await verdictsOf([{ ...before, value: own }], [before])).toEqual([])
})

it('counts what only some topologies set: it goes to Machines in place', async () => {
  const path = `${spec}.machineTemplate.spec.deletion.nodeDrainTimeoutSeconds`
  const verdicts = await verdictsOf([{ kind: controlPlane, path, value: 5 }])
  expect(verdicts).toMatchObject([{ holder: 'control plane', verdict: 'in place' }])
})

it('does not count an endpoint that nobody set', async () => {
  const path = `${spec}.controlPlaneEndpoint`
  const edit = (value: object) => verdictsOf([{ kind: 'DevClusterTemplate', path, value }])
  expect(await edit({ host: '', port: 0 })).toEqual([])
  expect(await edit({ host: 'a', port: 0 })).toMatchObject([{ verdict: 'provider decides' }])
})

it.each(['rollout.after', 'rolloutAfter'])(
  'rolls out Machines that are older than %s',
  async (field) => {
    const edit = { kind: controlPlane, path: `${spec}.${field}`, value: '2026-01-01T00:00:00Z' }
    expect(await verdictsOf([edit])).toMatchObject([{ verdict: 'rolls out' }])
    expect(await verdictsOf([], [edit])).toMatchObject([{ verdict: 'in place' }])
  },
)

it('compares a template in another version with the stored one', async () => {
  const { items } = recordedItems()
  const ofWorkers = ({ holderReference, object }: ItemOfRequest) =>
    holderReference.kind === 'MachineDeployment' && object['kind'] === machines
  const item = items.find(ofWorkers)
  const { name, namespace } = { ...item?.holderReference }
  const metadata = { namespace, labels: { 'cluster.x-k8s.io/cluster-name': 'chain' } }
  const apiVersion = 'infrastructure.cluster.x-k8s.io/v1beta3'
  const infrastructureRef = {
    apiGroup: 'infrastructure.cluster.x-k8s.io',
    kind: machines,
    name: 'a',
  }
  const stored = { ...item?.object, apiVersion, metadata: { ...metadata, name: 'a' } }
  const verdictWith = async (template: object) => {
    const holder = { kind: 'MachineDeployment', metadata: { ...metadata, name } }
    const objects = [{ ...holder, spec: { template: { spec: { infrastructureRef } } } }, template]
    const edit = {
      kind: machines,
      holder: 'MachineDeployment',
      path: 'apiVersion',
      value: apiVersion,
    }
    const [one] = await verdictsOf([edit], [], { objects: objects.map((each) => ({ ...each })) })
    return [one?.verdict, one?.changes.map(({ path }) => path)]
  }
  expect(await verdictWith(stored)).toEqual(['in place', ['apiVersion']])
  const path = 'spec.template.spec.backend.inMemory.vm.provisioning.startupDuration'
  const inOtherForm = withValue(stored, path.split('.'), '0m10s')
  expect(await verdictWith(inOtherForm)).toEqual(['rolls out', ['apiVersion', path]])
  const older = { ...inOtherForm, apiVersion: item?.object['apiVersion'] }
  expect(await verdictWith(older)).toEqual(['in place', ['apiVersion']])
})

it('rolls out the Machines whose certificates expire', async () => {
  const labels = { 'cluster.x-k8s.io/cluster-name': 'chain', 'cluster.x-k8s.io/control-plane': '' }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const objects = [20, 40].map((days) => ({
    kind: 'Machine',
    metadata: { namespace: 'default', labels },
    status: { certificatesExpiryDate: inDays(days) },
  }))
  const days = (value: number) => ({
    kind: controlPlane,
    path: `${spec}.rollout.before.certificatesExpiryDays`,
    value,
  })
  const verdict = async (value: number, before = 7) => {
    const [one] = await verdictsOf([days(value)], [days(before)], { objects })
    return [one?.verdict, one?.machines]
  }
  expect(await verdict(10)).toEqual(['in place', undefined])
  expect(await verdict(30)).toEqual(['rolls out', 1])
  expect(await verdict(10, 30)).toEqual(['in place', undefined])
})

it.each(Object.values(rules))('stands in the README: $rule', ({ rule, file }) => {
  const readme = readFileSync(new URL('../../../src/rollout/README.md', import.meta.url), 'utf8')
  const row = readme.split('\n').find((line) => line.includes(rule))
  expect(row).toContain(`\`${file}\``)
})
