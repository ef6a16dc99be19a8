import { expect, it } from 'vitest'
import { Discovery } from '../../../../src/contract/discovery.ts'
import { CanUpdateMachine, CanUpdateMachineSet } from '../../../../src/contract/in-place-update.ts'
import { machineOf } from '../../../../src/testing/machine.ts'
import { machineSetOf } from '../../../../src/testing/machine-set.ts'
import { requestOf } from '../../../../src/testing/request.ts'
import { compare } from './compare.ts'

const handler = (name: string, more: object = {}) => ({
  name,
  requestHook: {
    apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1',
    hook: 'BeforeClusterCreate',
  },
  ...more,
})
const changes = (before: object[], after: object[]) =>
  compare(Discovery, {}, { handlers: before }, { handlers: after })

it('Discovery without a handler leaves what names it alone', async () => {
  expect(await changes([handler('a'), handler('b')], [handler('b')])).toMatchObject([
    {
      verdict: 'decides otherwise',
      reason: 'handler "a" of BeforeClusterCreate is gone: what names it does not find it',
    },
  ])
})

it('Discovery with another failurePolicy decides otherwise', async () => {
  const effects = await changes([handler('a')], [handler('a', { failurePolicy: 'Ignore' })])
  expect(effects).toMatchObject([
    {
      verdict: 'decides otherwise',
      reason: 'failurePolicy of handler "a" of BeforeClusterCreate is Ignore, before Fail',
    },
  ])
})

it.each([
  [
    'another timeout',
    [handler('a')],
    [handler('a', { timeoutSeconds: 5 })],
    ['timeoutSeconds of handler "a" of BeforeClusterCreate is 5, before 10'],
  ],
  [
    'a new handler',
    [handler('a')],
    [handler('b'), handler('a')],
    ['handler "b" of BeforeClusterCreate is new'],
  ],
  ['defaults that are said', [handler('a')], [handler('a', { failurePolicy: 'Fail' })], []],
])('Discovery with %s changes nothing', async (_, before, after, notes) => {
  expect(await changes(before, after)).toMatchObject([{ verdict: 'nothing', notes }])
})

it('Discovery that Cluster API refuses is an error', async () => {
  expect(await changes([handler('a')], [handler('a'), handler('a')])).toMatchObject([
    { verdict: 'error', reason: expect.stringContaining('another handler has this name') },
  ])
})

const base64 = (operations: object[]) => Buffer.from(JSON.stringify(operations)).toString('base64')
const takesOver = (name: string, path: string) => ({
  [`${name}Patch`]: {
    patchType: 'JSONPatch',
    patch: base64([{ op: 'add', path, value: 'v1.37.0' }]),
  },
})
const machine = requestOf(CanUpdateMachine, { desired: machineOf({ version: 'v1.37.0' }) })
const inPlace = takesOver('machine', '/spec/version')

it.each([
  [
    'rolls out',
    inPlace,
    {},
    {
      machines: 1,
      reason: 'updated in place before, now replaced for Machine spec.version',
    },
  ],
  ['in place', {}, inPlace, { reason: expect.stringContaining('now updated in place') }],
  ['nothing', inPlace, inPlace, {}],
  ['nothing', {}, {}, {}],
  [
    'rolls out',
    inPlace,
    { status: 'Failure', message: 'no' },
    { machines: 1, reason: 'updated in place before, now fails: no' },
  ],
  ['error', inPlace, takesOver('machine', '/none/a'), { reason: expect.any(String) }],
])('a Machine: %s after %j and then %j', async (verdict, before, after, more) => {
  expect(await compare(CanUpdateMachine, machine, before, after)).toMatchObject([
    { cluster: 'default/demo', holder: 'control plane', verdict, ...more },
  ])
})

it('a MachineSet: counts its Machines', async () => {
  const current = machineSetOf({ version: 'v1.36.0' })
  const request = requestOf(CanUpdateMachineSet, {
    current: {
      ...current,
      machineSet: {
        ...current.machineSet,
        metadata: {
          ...current.machineSet.metadata,
          labels: { 'topology.cluster.x-k8s.io/deployment-name': 'md-0' },
        },
        spec: { ...current.machineSet.spec, replicas: 4 },
      },
    },
    desired: machineSetOf({ version: 'v1.37.0' }),
  })
  const before = takesOver('machineSet', '/spec/template/spec/version')
  expect(await compare(CanUpdateMachineSet, request, before, {})).toMatchObject([
    { holder: 'MachineDeployment md-0', verdict: 'rolls out', machines: 4 },
  ])
})
