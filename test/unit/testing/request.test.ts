import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CanUpdateMachine } from '../../../src/contract/in-place-update.ts'
import { contracts } from '../../../src/contract/index.ts'
import { AfterClusterUpgrade, BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { GeneratePatches, ValidateTopology } from '../../../src/contract/topology.ts'
import { BeforeClusterUpgrade } from '../../../src/contract/upgrade-lifecycle.ts'
import { GenerateUpgradePlan } from '../../../src/contract/upgrade-plan.ts'
import { at } from '../../../src/json/path.ts'
import { clusterOf } from '../../../src/testing/cluster.ts'
import { machineOf } from '../../../src/testing/machine.ts'
import { requestOf } from '../../../src/testing/request.ts'
import { topologyOf } from '../../../src/testing/topology.ts'
import { Builtins } from '../../../src/topology/builtins.ts'
import { byName } from '../../../src/topology/variable-values.ts'
import { recordedOf } from '../../recorded/recorded.ts'
import { pathsIn } from '../../support/paths-in.ts'

describe.each(contracts)('a request of $hook', (contract) => {
  it('is plain JSON, and the same each time', () => {
    const request = requestOf(contract)
    expect(v.is(contract.request, JSON.parse(JSON.stringify(request)))).toBe(true)
    expect(requestOf(contract)).toEqual(request)
  })

  it('has no field that the real ones have not', () => {
    const recorded = recordedOf(contract.hook).flatMap(({ request }) => pathsIn(request))
    const known = new Set([
      ...recorded,
      // ValidateTopology gets what GeneratePatches got, whose items have a uid.
      ...(contract === ValidateTopology ? ['.items[].uid:string'] : []),
    ])
    expect(pathsIn(requestOf(contract)).filter((path) => !known.has(path))).toEqual([])
  })
})

it('takes fields in place of the defaults, and refuses what is no request', () => {
  const cluster = clusterOf({ name: 'a', namespace: 'b' })
  expect(requestOf(BeforeClusterCreate, { cluster, settings: { max: '5' } })).toEqual({
    apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1',
    kind: 'BeforeClusterCreateRequest',
    cluster,
    settings: { max: '5' },
  })
  expect(() => requestOf(BeforeClusterCreate, JSON.parse('{"cluster":{"spec":{}}}'))).toThrow(
    new TypeError('this is no BeforeClusterCreateRequest: cluster.metadata: required'),
  )
})

it('lets the defaults of an upgrade follow the version that is given', () => {
  expect(requestOf(BeforeClusterUpgrade, { toKubernetesVersion: 'v1.37.0' })).toMatchObject({
    cluster: { spec: { topology: { version: 'v1.37.0' } } },
    fromKubernetesVersion: 'v1.35.0',
    controlPlaneUpgrades: [{ version: 'v1.37.0' }],
  })
  expect(requestOf(AfterClusterUpgrade, { kubernetesVersion: 'v1.37.0' })).toMatchObject({
    cluster: { spec: { topology: { version: 'v1.37.0' } } },
  })
  const from = { fromControlPlaneKubernetesVersion: 'v1.33.0' }
  expect(requestOf(GenerateUpgradePlan, from)).toMatchObject({
    ...from,
    fromWorkersKubernetesVersion: 'v1.33.0',
    toKubernetesVersion: 'v1.36.0',
  })
})

it('lets a Machine change in nothing but what is given', () => {
  const unchanged = requestOf(CanUpdateMachine, { current: machineOf({ version: 'v1.30.0' }) })
  expect(unchanged.desired).toEqual(unchanged.current)
  expect(unchanged.desired.machine).not.toBe(unchanged.current.machine)
  const desired = machineOf({ version: 'v1.37.0' })
  expect(requestOf(CanUpdateMachine, { desired })).toMatchObject({ current: machineOf(), desired })
})

it('gives the objects of a Machine one name, and the Machine references to them', () => {
  const { machine, infrastructureMachine, bootstrapConfig } = machineOf({
    name: 'a',
    namespace: 'b',
    clusterName: 'c',
    labels: { tier: 'gold' },
    metadata: { annotations: { note: 'x' } },
    spec: { failureDomain: 'd', bootstrap: { dataSecretName: 'a' } },
    infrastructureMachine: {
      apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
      kind: 'AWSMachine',
      spec: { instanceType: 'm5.large' },
    },
    bootstrapConfig: { metadata: { annotations: { note: 'y' } } },
  })
  const labels = { tier: 'gold', 'cluster.x-k8s.io/cluster-name': 'c' }
  expect(machine).toMatchObject({
    metadata: { name: 'a', namespace: 'b', labels, annotations: { note: 'x' } },
    spec: {
      clusterName: 'c',
      failureDomain: 'd',
      bootstrap: {
        dataSecretName: 'a',
        configRef: { kind: 'KubeadmConfig', name: 'a', apiGroup: 'bootstrap.cluster.x-k8s.io' },
      },
      infrastructureRef: { kind: 'AWSMachine', name: 'a' },
    },
  })
  expect(infrastructureMachine).toMatchObject({
    kind: 'AWSMachine',
    metadata: { name: 'a', namespace: 'b', labels },
    spec: { instanceType: 'm5.large' },
  })
  expect(bootstrapConfig).toMatchObject({
    metadata: { name: 'a', annotations: { note: 'y' } },
    spec: {},
  })
})

it('merges what is given of a Cluster into a small one', () => {
  const { metadata, spec } = clusterOf({
    variables: { region: 'eu' },
    metadata: { labels: { tier: 'gold' } },
    spec: { paused: true, topology: { controlPlane: { replicas: 3 } } },
  })
  expect(metadata).toMatchObject({ name: 'demo', labels: { tier: 'gold' } })
  expect(spec).toMatchObject({
    paused: true,
    topology: {
      version: 'v1.36.0',
      controlPlane: { replicas: 3 },
      variables: [{ name: 'region', value: 'eu' }],
    },
  })
})

describe('a topology', () => {
  it('gives each template the values of its place', () => {
    const { variables, items } = topologyOf({
      cluster: clusterOf({
        variables: { region: 'eu', size: 1 },
        spec: {
          topology: {
            controlPlane: { variables: { overrides: [{ name: 'size', value: 3 }] } },
            workers: {
              machineDeployments: [
                { class: 'gpu', name: 'a', variables: { overrides: [{ name: 'size', value: 2 }] } },
              ],
              machinePools: [{ class: 'pool', name: 'p', replicas: 1 }],
            },
          },
        },
      }),
      variables: { region: 'us' },
      controlPlaneVersion: 'v1.35.1',
      workersVersion: 'v1.34.0',
    })
    expect(byName(variables)).toMatchObject({ region: 'us', size: 1 })
    const known = items.map((item) => {
      const { builtin, ...values } = byName(item.variables)
      const { controlPlane, machineDeployment, machinePool } = v.parse(Builtins, builtin ?? {})
      const own = controlPlane ?? machineDeployment ?? machinePool
      return [item.holderReference.kind, own?.version, own && at(own, 'class'), values]
    })
    expect(known).toEqual([
      ['Cluster', undefined, undefined, {}],
      ['Cluster', 'v1.35.1', undefined, { size: 3 }],
      ['KubeadmControlPlane', 'v1.35.1', undefined, { size: 3 }],
      ['MachineDeployment', 'v1.34.0', 'gpu', { size: 2 }],
      ['MachineDeployment', 'v1.34.0', 'gpu', { size: 2 }],
      ['MachinePool', 'v1.34.0', 'pool', {}],
      ['MachinePool', 'v1.34.0', 'pool', {}],
    ])
    expect(new Set(items.map(({ uid }) => uid)).size).toBe(7)
  })

  it('completes a template, and says where the older contract of control planes has it', () => {
    const controlPlane = {
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1',
      kind: 'RKE2ControlPlaneTemplate',
      metadata: { name: 'rke2', labels: { tier: 'gold' } },
      spec: { template: { spec: { cni: 'cilium' }, metadata: { labels: { own: 'x' } } } },
    }
    const { items } = topologyOf({ templates: { controlPlane } })
    expect(items[1]?.object).toMatchObject({
      ...controlPlane,
      metadata: { ...controlPlane.metadata, namespace: 'default' },
      spec: {
        template: {
          spec: { cni: 'cilium' },
          metadata: {
            labels: { own: 'x', 'topology.cluster.x-k8s.io/owned': '' },
            annotations: { 'cluster.x-k8s.io/cloned-from-name': 'rke2' },
          },
        },
      },
    })
    expect(items[2]?.holderReference).toMatchObject({
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta1',
      kind: 'RKE2ControlPlane',
      fieldPath: 'spec.machineTemplate.infrastructureRef',
    })
  })

  it('is of a Cluster that has one', () => {
    const { topology: _, ...spec } = clusterOf().spec
    expect(() => topologyOf({ cluster: { ...clusterOf(), spec } })).toThrow(
      new TypeError('the Cluster demo has no spec.topology'),
    )
    expect(requestOf(GeneratePatches).items).toEqual(topologyOf().items)
  })
})
