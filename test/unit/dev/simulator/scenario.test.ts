import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json/json.ts'
import { at } from '../../../../src/json/path.ts'
import { discovery } from './fake-extension.ts'
import { callsOf, play } from './play.ts'

let run: Awaited<ReturnType<typeof play>>
beforeAll(async () => {
  run = await play()
})

const reconcile = ['GeneratePatches', 'ValidateTopology']
const step = [
  'BeforeControlPlaneUpgrade',
  ...reconcile,
  'GenerateUpgradePlan',
  'AfterControlPlaneUpgrade',
]

it('calls the hooks in the order of the controllers', () => {
  expect(callsOf(run.events).map(({ hook }) => hook)).toEqual([
    'Discovery',
    'DiscoverVariables',
    'BeforeClusterCreate',
    ...reconcile,
    ...reconcile,
    'AfterControlPlaneInitialized',
    'GenerateUpgradePlan',
    'BeforeClusterUpgrade',
    ...step,
    ...step,
    'BeforeWorkersUpgrade',
    ...reconcile,
    'CanUpdateMachineSet',
    // Two Machines, and each is asked about twice.
    ...Array(4).fill('UpdateMachine'),
    'AfterWorkersUpgrade',
    ...reconcile,
    'AfterClusterUpgrade',
    ...reconcile,
    'CanUpdateMachine',
    'UpdateMachine',
    'BeforeClusterDelete',
  ])
})

it('contradicts no order among the recorded requests of one Cluster', () => {
  const directory = new URL('../../../recorded/', import.meta.url)
  const recorded = readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(new URL(file, directory), 'utf8')))
  for (const cluster of ['chain', 'beta-cluster']) {
    const versions = (hook: string) =>
      recorded
        .filter((call) => call.hook === hook.toLowerCase())
        .filter(({ request }) => at(request, 'cluster', 'metadata', 'name') === cluster)
        .map(({ request }) => Number(at(request, 'cluster', 'metadata', 'resourceVersion')))
    const seen = new Map<string, number>()
    const order = callsOf(run.events).flatMap(({ hook }) => {
      const index = seen.get(hook) ?? 0
      seen.set(hook, index + 1)
      return versions(hook)[index] ?? []
    })
    expect(order.length).toBeGreaterThan(1)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
})

const sent = (hook: string, ...keys: string[]) =>
  run.received.filter((call) => call.hook === hook).map(({ request }) => at(request, ...keys))
const fields = (hook: string, names: readonly string[]) =>
  run.received
    .filter((call) => call.hook === hook)
    .map(({ request }) => Object.fromEntries(names.map((name) => [name, request[name]])))

it('tells lifecycle hooks the steps that are left, as was recorded', () => {
  const names = [
    'fromKubernetesVersion',
    'toKubernetesVersion',
    'kubernetesVersion',
    'controlPlaneUpgrades',
    'workersUpgrades',
  ]
  const directory = new URL('../../../recorded/', import.meta.url)
  const recorded = (file: string) => {
    const { request } = JSON.parse(readFileSync(new URL(`${file}.json`, directory), 'utf8'))
    return Object.fromEntries(names.map((name) => [name, request[name]]))
  }
  // Every call is made twice.
  const twice = (...requests: JsonObject[]) => requests.flatMap((request) => [request, request])
  for (const [hook, ...files] of [
    ['BeforeClusterUpgrade', 'beforeclusterupgrade-01'],
    ['BeforeControlPlaneUpgrade', 'beforecontrolplaneupgrade-01', 'beforecontrolplaneupgrade-02'],
    ['AfterControlPlaneUpgrade', 'aftercontrolplaneupgrade-01', 'aftercontrolplaneupgrade-02'],
    ['BeforeWorkersUpgrade', 'beforeworkersupgrade-01'],
  ])
    expect(fields(hook ?? '', names)).toEqual(twice(...files.map(recorded)))
})

it('shows in the Cluster which hooks are still to come, as was recorded', () => {
  const annotations = (hook: string) =>
    sent(hook, 'cluster', 'metadata', 'annotations').map((found) => Object.values(found ?? {}))
  const upgrade = 'AfterClusterUpgrade'
  const controlPlane = `${upgrade},AfterControlPlaneUpgrade`
  expect(annotations('BeforeClusterUpgrade')[0]).toEqual([])
  expect(annotations('BeforeControlPlaneUpgrade')[0]).toEqual([upgrade])
  expect(annotations('BeforeControlPlaneUpgrade')[2]).toEqual([upgrade, 'v1.35.8'])
  expect(annotations('AfterControlPlaneUpgrade')[0]).toEqual([controlPlane, 'v1.35.8'])
  const last = `${controlPlane},AfterWorkersUpgrade,BeforeWorkersUpgrade`
  expect(annotations('AfterControlPlaneUpgrade')[2]).toEqual([last, 'v1.36.4'])
  expect(annotations('AfterWorkersUpgrade')[0]).toEqual([
    `${upgrade},AfterWorkersUpgrade`,
    'v1.36.4',
  ])
  expect(annotations('AfterClusterUpgrade')[0]).toEqual([upgrade, 'v1.36.4'])
  expect(annotations('BeforeClusterDelete')[0]).toEqual([])
})

it('gives ValidateTopology the patched templates, without the uids of this call', () => {
  const [items] = sent('ValidateTopology', 'items') as [JsonObject[]]
  const labels = items.map(({ object }) => at(object, 'spec', 'template', 'metadata', 'labels'))
  expect(labels[0]).toMatchObject({ 'top-level-label-1': 'a' })
  expect(items.map((item) => 'uid' in item)).toEqual(items.map(() => false))
})

it('has new uids in every GeneratePatches', () => {
  const uids = (sent('GeneratePatches', 'items') as JsonObject[][]).flat().map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(uids.length)
})

it('goes through one version of each minor without a plan of the extension', async () => {
  const handlers = discovery()['handlers'] as JsonObject[]
  const others = handlers.filter(({ name }) => name !== 'generate-upgrade-plan')
  const { received, summary } = await play({
    Discovery: () => ({ status: 'Success', handlers: others }),
  })
  const versions = received
    .filter(({ hook }) => hook === 'BeforeControlPlaneUpgrade')
    .map(({ request }) => request['toKubernetesVersion'])
  expect([...new Set(versions)]).toEqual(['v1.35.0', 'v1.36.4'])
  expect(summary.hooksSkipped).toEqual([{ hook: 'GenerateUpgradePlan', reason: 'not served' }])
})

it('takes the workers along where the version skew asks for it', async () => {
  const handlers = discovery()['handlers'] as JsonObject[]
  const others = handlers.filter(({ name }) => name !== 'generate-upgrade-plan')
  const { events } = await play(
    { Discovery: () => ({ status: 'Success', handlers: others }) },
    { from: 'v1.31.0', to: 'v1.35.0' },
  )
  const hooks = callsOf(events).map(({ hook }) => hook)
  const workers = hooks.filter((hook) => /WorkersUpgrade|BeforeControlPlane/.test(hook))
  const [before, after] = ['BeforeWorkersUpgrade', 'AfterWorkersUpgrade']
  const controlPlane = 'BeforeControlPlaneUpgrade'
  const three = [controlPlane, controlPlane, controlPlane]
  expect(workers).toEqual([...three, before, after, controlPlane, before, after])
})

it('skips hooks without a handler and names them', async () => {
  const { summary, received } = await play({
    Discovery: () => ({ status: 'Success', handlers: [(discovery()['handlers'] as unknown[])[1]] }),
  })
  expect([...new Set(received.map(({ hook }) => hook))]).toEqual([
    'Discovery',
    'BeforeClusterCreate',
  ])
  expect(summary.hooksSkipped).toHaveLength(15)
})

it('says which rules of variables it cannot check', async () => {
  const integer = { type: 'integer' }
  const ruled = { ...integer, 'x-kubernetes-validations': [{ rule: 'self >' }] }
  const variable = (name: string, openAPIV3Schema: object) => ({
    name,
    required: false,
    schema: { openAPIV3Schema },
  })
  const { summary, events } = await play({
    DiscoverVariables: () => ({
      status: 'Success',
      variables: [
        variable('plain', integer),
        variable('ruled', ruled),
        variable('within', { type: 'object', properties: { a: ruled } }),
      ],
    }),
  })
  const notes = events.flatMap((event) => (event.event === 'note' ? event.text : []))
  expect(notes).toContainEqual(
    expect.stringMatching(/^not checked: x-kubernetes-validations of ruled, within\./),
  )
  expect(summary.breaks).toBe(0)
})

const announced = discovery()['handlers'] as JsonObject[]
it.each(announced.map((handler) => [String(at(handler, 'requestHook', 'hook')), handler] as const))(
  'plays on where only %s is served, and says what is not',
  async (hook, handler) => {
    const { summary, events } = await play({
      Discovery: () => ({ status: 'Success', handlers: [handler] }),
    })
    const [text = ''] = events.flatMap((event) => (event.event === 'note' ? event.text : []))
    const named = (/^not served: (.*)\. /.exec(text)?.[1] ?? '').split(', ')
    expect([...named, hook].toSorted()).toEqual(
      announced.map((other) => at(other, 'requestHook', 'hook')).toSorted(),
    )
    expect(summary.hooksSkipped.filter(({ reason }) => reason === 'not served')).toHaveLength(15)
    // Machines that can be updated in place, and nobody updates them, would be stuck.
    const stuck = hook.startsWith('CanUpdate') ? ['handler-missing'] : []
    expect(summary.findings.map(({ rule }) => rule)).toEqual(stuck)
  },
)

it('says that nothing is served', async () => {
  const { summary, received } = await play({
    Discovery: () => ({ status: 'Success', handlers: [] }),
  })
  expect(received.map(({ hook }) => hook)).not.toContain('BeforeClusterCreate')
  expect(summary).toMatchObject({ hooksCalled: ['Discovery'], breaks: 0 })
})

it('tells why UpdateMachine is not called where nothing asks for it', async () => {
  const { summary } = await play({
    Discovery: () => ({
      status: 'Success',
      handlers: announced.filter(({ name }) => !String(name).startsWith('can-update')),
    }),
  })
  expect(summary.hooksSkipped).toContainEqual({
    hook: 'UpdateMachine',
    reason: 'not called without CanUpdateMachine or CanUpdateMachineSet',
  })
})

it('replaces Machines when something is left over, and reports it as no break', async () => {
  const { summary, events } = await play({
    CanUpdateMachineSet: () => ({ status: 'Success' }),
    CanUpdateMachine: () => ({ status: 'Success' }),
  })
  const notes = events.flatMap((event) => (event.event === 'note' ? event.text : []))
  expect(notes).toContainEqual(expect.stringContaining('MachineSet spec.template.spec.version'))
  expect(notes).toContainEqual(expect.stringContaining('KubeadmConfig spec.files[0].content'))
  expect(summary.hooksSkipped).toEqual([{ hook: 'UpdateMachine', reason: 'not reached' }])
  expect(summary.breaks).toBe(0)
})
