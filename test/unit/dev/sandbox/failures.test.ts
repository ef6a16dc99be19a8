import { afterEach, expect, it } from 'vitest'
import { failureInConditions, untilFailure } from '../../../../src/dev/sandbox/failures.ts'
import type { Resource } from '../../../../src/dev/sandbox/objects.ts'
import { apiServer, closeApiServers, machines } from './stand-in.ts'

afterEach(closeApiServers)

const condition = (type: string, reason: string, message = '', observedGeneration = 1) => ({
  type,
  reason,
  message,
  observedGeneration,
  status: type === 'Updating' ? 'True' : 'False',
})
const resource = (kind: string, ...conditions: object[]): Resource => ({
  kind,
  metadata: { uid: '1', name: 'demo', generation: 1 },
  status: { conditions },
})
// As the controllers of Cluster API v1.14.2 wrote it.
const refused =
  'VariableDiscovery failed: extension-0.variables[a].schema.openAPIV3Schema.x-kubernetes-validations: Internal error'

it.each([
  ['ClusterClass', condition('VariablesReady', 'VariableDiscoveryFailed', refused), refused],
  ['Cluster', condition('TopologyReconciled', 'ReconcileFailed', 'no quota'), 'no quota'],
  ['Machine', condition('Updating', 'InPlaceUpdateFailed', 'UpdateMachine hook failed'), undefined],
  ['ExtensionConfig', condition('Discovered', 'NotDiscovered', '* a\n* b'), 'a; b'],
])('knows the error of a %s', (kind, found, message = found.message) => {
  expect(failureInConditions(resource(kind, found))).toBe(`${kind} demo: ${message}`)
})

it.each([
  ['waits', condition('TopologyReconciled', 'ClusterCreating', 'waiting for quota')],
  ['is updated', condition('Updating', 'InPlaceUpdating', 'In-place update in progress')],
  ['was changed since', condition('TopologyReconciled', 'ReconcileFailed', 'no quota', 0)],
  [
    'calls an extension that starts again',
    condition('TopologyReconciled', 'ReconcileFailed', 'dial tcp 127.0.0.1:1: connection refused'),
  ],
])('takes it for no error that an object %s', (_, found) => {
  expect(failureInConditions(resource('Cluster', found))).toBeUndefined()
})

const failed = (uid: string, message: string): Resource => ({
  kind: 'Machine',
  metadata: { uid, name: uid },
  status: { conditions: [condition('Updating', 'InPlaceUpdateFailed', message, 0)] },
})
const fine: Resource = { kind: 'Machine', metadata: { uid: 'a', name: 'a' } }

it('ends the work when an error lasts', async () => {
  const { client, watched, send } = await apiServer(fine)
  const work = untilFailure(client, [machines], () => new Promise(() => {}), 0.05)
  await watched(1)
  send('MODIFIED', failed('a', 'first'))
  send('MODIFIED', failed('a', 'last'))
  await expect(work).rejects.toThrow('Machine a: last')
})

it('lets an error pass that does not last', async () => {
  const { client, watched, send } = await apiServer(failed('a', 'once'))
  const { promise, resolve } = Promise.withResolvers<string>()
  const work = untilFailure(client, [machines], () => promise, 0.5)
  await watched(1)
  send('MODIFIED', fine)
  setTimeout(() => resolve('done'), 700)
  expect(await work).toBe('done')
})

it('gives what the work gives and what it rejects with', async () => {
  const { client } = await apiServer()
  expect(await untilFailure(client, [machines], async () => 1)).toBe(1)
  await expect(
    untilFailure(client, [machines], () => Promise.reject(new Error('refused'))),
  ).rejects.toThrow('refused')
})
