import { expect, it } from 'vitest'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import { compareTopologies } from '../../../src/rollout/compare-topologies.ts'
import type { ItemOfRequest } from '../../../src/rules/patches.ts'
import { type Recorded, recordedOf } from '../../recorded/recorded.ts'

type Side = 'current' | 'desired'
const objectOf = ({ request }: Recorded, side: Side, name: string): JsonObject => {
  const object = at(request, side, name)
  if (!isObject(object)) throw new Error(`no ${side}.${name}`)
  return object
}

/** The item of a template: what the recorded request has of it. */
function item(
  holder: { kind: string; name?: string; fieldPath: string },
  object: JsonObject,
  builtin: JsonObject,
): ItemOfRequest {
  const namespace = 'default'
  const { kind, name = 'a', fieldPath } = holder
  return {
    uid: '',
    holderReference: { apiVersion: 'cluster.x-k8s.io/v1beta2', kind, namespace, name, fieldPath },
    object,
    variables: [{ name: 'builtin', value: builtin }],
  }
}
const cluster = (namespace: string, name: string) => [
  { name: 'builtin', value: { cluster: { namespace, name } } },
]

/** A text with those names that Cluster API generates as they are here. */
const renamed = (request: unknown, names: Record<string, string>) =>
  Object.entries(names).reduce(
    (text, [generated, here]) => text.replaceAll(generated, here),
    JSON.stringify(request),
  )

// What the two recordings of CanUpdateMachineSet have of one MachineDeployment: another version, and a file more.
const machineSets = recordedOf('canupdatemachineset').map((recorded) => {
  const version = (side: Side) =>
    at(objectOf(recorded, side, 'machineSet'), 'spec', 'template', 'spec', 'version')
  const items = (side: Side) => {
    const builtin = {
      machineDeployment: { topologyName: 'md-0', replicas: 2, version: version(side) },
    }
    const holder = (fieldPath: string) => ({ kind: 'MachineDeployment', fieldPath })
    return [
      item(
        holder('spec.template.spec.bootstrap.configRef'),
        objectOf(recorded, side, 'bootstrapConfigTemplate'),
        builtin,
      ),
      item(
        holder('spec.template.spec.infrastructureRef'),
        objectOf(recorded, side, 'infrastructureMachineTemplate'),
        builtin,
      ),
    ]
  }
  const labels = {
    'cluster.x-k8s.io/cluster-name': 'chain',
    'topology.cluster.x-k8s.io/deployment-name': 'md-0',
  }
  const metadata = { namespace: 'default', name: 'chain-md-0-n7gxh', labels }
  const deployment = { kind: 'MachineDeployment', metadata, spec: { replicas: 2 } }
  const names = ['machineSet', 'bootstrapConfigTemplate', 'infrastructureMachineTemplate']
  return {
    recorded,
    before: items('current'),
    after: items('desired'),
    objects: [deployment, ...names.map((name) => objectOf(recorded, 'current', name))],
    /** The end of the new MachineSet's name, and of its label. */
    generated: String(at(objectOf(recorded, 'desired', 'machineSet'), 'metadata', 'name')).slice(
      -5,
    ),
  }
})

it.each(machineSets)(
  'asks CanUpdateMachineSet as the controller does: $recorded.file',
  async (one) => {
    const requests: JsonObject[] = []
    const verdicts = await compareTopologies(one.before, one.after, cluster('default', 'chain'), {
      objects: one.objects,
      canUpdate: async (hook, request) => {
        expect(hook).toBe('CanUpdateMachineSet')
        requests.push(request)
        return one.recorded.response.body
      },
    })
    const { settings: _, ...request } = one.recorded.request
    const hash = (side: Side) =>
      at(objectOf(one.recorded, side, 'machineSet'), 'metadata', 'labels', 'machine-template-hash')
    const [old] = String(hash('current')).split('-')
    const [now] = String(hash('desired')).split('-')
    const names = { [one.generated]: 'aaaaa', wp5qh: 'aaaaa', [`${now}-`]: `${old}-` }
    expect(requests).toEqual([JSON.parse(renamed(request, names))])
    // One is created first: the MachineDeployment has the defaults maxSurge 1 and maxUnavailable 0.
    expect(verdicts).toMatchObject([{ verdict: 'rolls out', machines: 2, inPlace: 1, replaced: 1 }])
  },
)

// A template of a control plane and the objects of the Machine that a recording of CanUpdateMachine has.
const machines = recordedOf('canupdatemachine').map((recorded) => {
  const version = (side: Side) => at(objectOf(recorded, side, 'machine'), 'spec', 'version')
  const items = (side: Side) => [
    item(
      { kind: 'Cluster', fieldPath: 'spec.controlPlaneRef' },
      {
        apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
        kind: 'KubeadmControlPlaneTemplate',
        spec: {
          template: {
            spec: { kubeadmConfigSpec: objectOf(recorded, side, 'bootstrapConfig')['spec'] },
          },
        },
      },
      { controlPlane: { replicas: 3, version: version(side) } },
    ),
  ]
  const names = ['machine', 'bootstrapConfig', 'infrastructureMachine']
  return {
    recorded,
    before: items('current'),
    after: items('desired'),
    objects: names
      .map((name) => objectOf(recorded, 'current', name))
      .map((object) =>
        withValue(object, ['metadata', 'labels', 'cluster.x-k8s.io/cluster-name'], 'beta-cluster'),
      ),
  }
})

it.each(machines)('asks CanUpdateMachine as the controller does: $recorded.file', async (one) => {
  const requests: JsonObject[] = []
  const verdicts = await compareTopologies(
    one.before,
    one.after,
    cluster('team-a', 'beta-cluster'),
    {
      objects: one.objects,
      canUpdate: async (_, request) => {
        requests.push(request)
        return one.recorded.response.body
      },
    },
  )
  const { settings: _, ...request } = one.recorded.request
  expect(requests).toEqual([request])
  // There is one Machine: a new one is up to date before the old one could be updated.
  expect(verdicts).toMatchObject([{ verdict: 'rolls out', machines: 1, inPlace: 0, replaced: 1 }])
})

const [, second] = machineSets
const compareWith = (knowledge: object) =>
  compareTopologies(second?.before ?? [], second?.after ?? [], cluster('default', 'chain'), {
    objects: second?.objects ?? [],
    ...knowledge,
  })
const deploymentWith = (spec: JsonObject) =>
  second?.objects.map((object) =>
    object['kind'] === 'MachineDeployment' ? { ...object, spec } : object,
  )
const success = async () => second?.recorded.response.body

it('updates all in place where Machines may be unavailable', async () => {
  const rollingUpdate = { maxSurge: 0, maxUnavailable: 1 }
  const objects = deploymentWith({ replicas: 2, rollout: { strategy: { rollingUpdate } } })
  expect(await compareWith({ objects, canUpdate: success })).toMatchObject([
    { verdict: 'in place', machines: 2, inPlace: 2, replaced: 0 },
  ])
})

it.each([
  ['nobody serves the hook', async () => undefined],
  ['the patches leave a difference', async () => ({ status: 'Success' })],
])('replaces all where %s', async (_, canUpdate) => {
  expect(await compareWith({ canUpdate })).toMatchObject([
    { verdict: 'rolls out', machines: 2, inPlace: 0, replaced: 2 },
  ])
})

it.each([
  ['a Failure', { status: 'Failure', message: 'no' }, /fails with "no"/],
  [
    'a patch that does not apply',
    {
      status: 'Success',
      bootstrapConfigTemplatePatch: {
        patchType: 'JSONPatch',
        patch: btoa('[{"op":"remove","path":"/spec/a/b"}]'),
      },
    },
    /can apply/,
  ],
])('counts nothing after %s', async (_, answer, needs) => {
  const [verdict] = await compareWith({ canUpdate: async () => answer })
  expect(verdict).toMatchObject({ verdict: 'rolls out', machines: 2 })
  expect(verdict?.needs).toMatch(needs)
  expect(verdict).not.toHaveProperty('inPlace')
})

it('says what it would need', async () => {
  const without = (kind: string) => second?.objects.filter((object) => object['kind'] !== kind)
  const needs = async (knowledge: object) =>
    (await compareWith({ canUpdate: success, ...knowledge }))[0]?.needs
  expect(await needs({ objects: undefined })).toMatch(/MachineSets and their templates/)
  expect(await needs({ objects: without('MachineDeployment') })).toBe(
    'the MachineDeployment of md-0',
  )
  expect(await needs({ objects: without('MachineSet') })).toBe('the MachineSet of chain-md-0-n7gxh')
  expect(await needs({ objects: without('DevMachineTemplate') })).toBe(
    'DevMachineTemplate chain-md-0-b7llf',
  )
})

it('replaces no Machine of a MachineDeployment with the strategy OnDelete', async () => {
  const objects = deploymentWith({ replicas: 2, rollout: { strategy: { type: 'OnDelete' } } })
  const [verdict] = await compareWith({ objects })
  expect(verdict?.verdict).toBe('in place')
  expect(verdict).not.toHaveProperty('machines')
  expect(verdict?.rules.map(({ file }) => file)).toContain(
    'core/reconcilers/machinedeployment/machinedeployment_rollout_ondelete.go',
  )
})

it('counts the Machines that there are, and only MachineSets that have some', async () => {
  const labels = {
    'cluster.x-k8s.io/cluster-name': 'chain',
    'cluster.x-k8s.io/deployment-name': 'chain-md-0-n7gxh',
  }
  const machine = { kind: 'Machine', metadata: { namespace: 'default', labels } }
  const ofAnother = withValue(machine, ['metadata', 'labels', 'cluster.x-k8s.io/cluster-name'], 'b')
  const old = {
    kind: 'MachineSet',
    metadata: { namespace: 'default', labels },
    spec: { replicas: 0 },
  }
  const objects = [...(second?.objects ?? []), machine, machine, machine, ofAnother, old]
  expect(await compareWith({ objects, canUpdate: success })).toMatchObject([
    { verdict: 'rolls out', machines: 3, inPlace: 2, replaced: 1 },
  ])
})

it('keeps what others have set of a stored template, such as defaults', async () => {
  const stored = (kind: string, path: string[]) =>
    second?.objects.map((object) =>
      object['kind'] === kind ? withValue(object, path, 'a default') : object,
    )
  const path = ['spec', 'template', 'spec', 'diskSetup']
  const requests: JsonObject[] = []
  await compareWith({
    objects: stored('KubeadmConfigTemplate', path),
    canUpdate: async (_: string, request: JsonObject) => void requests.push(request),
  })
  expect(requests).toHaveLength(1)
  for (const side of ['current', 'desired'])
    expect(at(requests[0], side, 'bootstrapConfigTemplate', ...path)).toBe('a default')
})

it('patches labels of a template that stays before it asks', async () => {
  const [bootstrap, infrastructure] = second?.after ?? []
  if (!bootstrap || !infrastructure) throw new Error('no items')
  const object = withValue(infrastructure.object, ['metadata', 'labels', 'a'], 'b')
  const requests: JsonObject[] = []
  await compareTopologies(
    second?.before ?? [],
    [bootstrap, { ...infrastructure, object }],
    cluster('default', 'chain'),
    {
      objects: second?.objects ?? [],
      canUpdate: async (_, request) => void requests.push(request),
    },
  )
  for (const side of ['current', 'desired'])
    expect(at(requests[0], side, 'infrastructureMachineTemplate', 'metadata', 'labels', 'a')).toBe(
      'b',
    )
})

it.each([
  ['the MachineDeployment', 'MachineDeployment', 'chain-md-0-n7gxh'],
  ['the Cluster', 'Cluster', 'chain'],
])('says that %s is paused', async (_, kind, name) => {
  const metadata = { namespace: 'default', name }
  const objects = [...(deploymentWith({ paused: kind === 'MachineDeployment', replicas: 2 }) ?? [])]
  if (kind === 'Cluster') objects.push({ kind, metadata, spec: { paused: true } })
  const [verdict] = await compareWith({ objects })
  expect(verdict?.rules.at(-1)?.rule).toContain('paused')
  const [other] = await compareWith({})
  expect(other?.rules.at(-1)?.rule).not.toContain('paused')
})
