import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json/json.ts'
import { at } from '../../../../src/json/path.ts'
import { type Answer, discovery, Raw } from './fake-extension.ts'
import { callsOf, play } from './play.ts'

const apiVersion = 'hooks.runtime.cluster.x-k8s.io/v1alpha1'
const handlers = discovery()['handlers'] as JsonObject[]
const withPolicy =
  (hook: string): Answer =>
  () => ({
    status: 'Success',
    handlers: handlers.map((handler) => ({
      ...handler,
      ...((handler['requestHook'] as JsonObject)['hook'] === hook && { failurePolicy: 'Ignore' }),
    })),
  })
const ok = { status: 'Success', retryAfterSeconds: 0 }

it('forgives an error of the call when the failurePolicy is Ignore', async () => {
  const { summary, events } = await play({
    Discovery: withPolicy('BeforeClusterCreate'),
    BeforeClusterCreate: () => new Raw(500, 'bang'),
  })
  expect(summary).toMatchObject({ breaks: 0, warnings: 1 })
  const calls = callsOf(events).filter(({ hook }) => hook === 'BeforeClusterCreate')
  expect(calls.map(({ verdict }) => verdict)).toEqual(['ignored'])
})

it('breaks off a hook whose call errs when the failurePolicy is Fail', async () => {
  const { summary, events } = await play({ BeforeClusterCreate: () => new Raw(500, 'bang') })
  expect(summary.breaks).toBe(1)
  const calls = callsOf(events).filter(({ hook }) => hook === 'BeforeClusterCreate')
  expect(calls.map(({ verdict }) => verdict)).toEqual(['breaks'])
})

it('forgives no Failure', async () => {
  const { summary } = await play({
    Discovery: withPolicy('BeforeClusterCreate'),
    BeforeClusterCreate: () => ({ status: 'Failure', message: 'No', retryAfterSeconds: 0 }),
  })
  expect(summary.findings).toMatchObject([{ rule: 'failure', detail: 'No' }])
})

it('waits while a hook blocks, and shows its message', async () => {
  const { summary, events, slept } = await play({
    BeforeClusterCreate: (_, calls) =>
      calls < 2 ? { status: 'Success', retryAfterSeconds: 7, message: 'Waiting' } : ok,
  })
  const calls = callsOf(events).filter(({ hook }) => hook === 'BeforeClusterCreate')
  expect(calls).toMatchObject([
    { verdict: 'blocks', retryAfterSeconds: 7, message: 'Waiting', offsetMilliseconds: 0 },
    { verdict: 'blocks', retryAfterSeconds: 7, message: 'Waiting', offsetMilliseconds: 7000 },
    { verdict: 'ok', offsetMilliseconds: 14000 },
  ])
  // One second more for the workers in place, one for nothing else.
  expect(slept).toBe(14 + 2)
  expect(summary.breaks).toBe(0)
})

it('gives up a hook that blocks longer than allowed, and goes on', async () => {
  const { summary, events } = await play(
    {
      BeforeClusterCreate: () => ({ status: 'Success', retryAfterSeconds: 4, message: 'Waiting' }),
    },
    { maxBlockSeconds: 9 },
  )
  expect(
    callsOf(events)
      .filter(({ verdict }) => verdict === 'blocks')
      .slice(0, 4),
  ).toMatchObject([
    { hook: 'BeforeClusterCreate' },
    { hook: 'BeforeClusterCreate' },
    { hook: 'BeforeClusterCreate' },
    { hook: 'UpdateMachine' },
  ])
  expect(summary.findings).toMatchObject([
    { rule: 'blocked-too-long', detail: 'after 8 s it still wants 4 s: Waiting' },
  ])
  expect(summary.hooksCalled).toHaveLength(17)
})

it('calls again after a Failure, as a reconcile does', async () => {
  const { summary, events, slept } = await play({
    ValidateTopology: (_, calls) =>
      calls < 2 ? { status: 'Failure', message: 'Not yet' } : { status: 'Success' },
  })
  const verdicts = callsOf(events).filter(({ hook }) => hook === 'ValidateTopology')
  expect(verdicts.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['Failure', 'Failure', 'ok'])
  expect(slept).toBe(1 + 2 + 2)
  expect(summary.breaks).toBe(0)
})

const twoHandlers: Answer = () =>
  discovery({ name: 'second', requestHook: { apiVersion, hook: 'BeforeClusterCreate' } })
const byHandler =
  (answers: (first: boolean, round: number) => JsonObject): Answer =>
  (_, calls) =>
    answers(calls % 2 === 0, Math.floor(calls / 2))

it('calls all handlers of a lifecycle hook; the lowest wait and all messages count', async () => {
  const { events } = await play({
    Discovery: twoHandlers,
    BeforeClusterCreate: byHandler((first, round) => {
      if (round > 0) return ok
      const [retryAfterSeconds, message] = first ? [9, 'one'] : [4, 'two']
      return { status: 'Success', retryAfterSeconds, message }
    }),
  })
  const calls = callsOf(events).filter(({ hook }) => hook === 'BeforeClusterCreate')
  expect(calls.map(({ handler, offsetMilliseconds: at }) => [handler, at])).toEqual([
    ['before-cluster-create', 0],
    ['second', 0],
    ['before-cluster-create', 4000],
    ['second', 4000],
  ])
  expect(events).toContainEqual({
    event: 'note',
    text: 'BeforeClusterCreate waits 4 s, the shortest: one, two',
  })
})

it('stops at the first handler that fails', async () => {
  const { events } = await play({
    Discovery: twoHandlers,
    BeforeClusterCreate: (_, calls) =>
      calls === 0 ? { ...ok, status: 'Failure', message: 'No' } : ok,
  })
  const calls = callsOf(events).filter(({ hook }) => hook === 'BeforeClusterCreate')
  expect(calls.map(({ handler }) => handler)).toEqual([
    'before-cluster-create',
    'before-cluster-create',
    'second',
  ])
})

it('takes every handler of GeneratePatches as a patch of its own, on top of the one before', async () => {
  const seen: unknown[] = []
  await play({
    Discovery: () =>
      discovery({ name: 'second', requestHook: { apiVersion, hook: 'GeneratePatches' } }),
    GeneratePatches: ({ items }) => {
      const [item] = (items as JsonObject[]).filter(
        ({ object }) => (object as JsonObject)['kind'] === 'DevClusterTemplate',
      )
      const { object, uid } = item as {
        object: { spec: { template: { spec: JsonObject } } }
        uid: string
      }
      const count = Number(object.spec.template.spec['count'] ?? 0)
      seen.push(count)
      const patch = btoa(JSON.stringify({ spec: { template: { spec: { count: count + 1 } } } }))
      return { status: 'Success', items: [{ uid, patchType: 'JSONMergePatch', patch }] }
    },
  })
  // Each is called twice, the second time with the items shuffled.
  expect(seen.slice(0, 4)).toEqual([0, 0, 1, 1])
})

it('expects a Success for the shuffled items too', async () => {
  const { summary } = await play({
    GeneratePatches: (_, calls) =>
      calls % 2 === 0 ? { status: 'Success' } : { status: 'Failure', message: 'No' },
  })
  expect(summary.findings.map(({ rule }) => rule)).toEqual(['not-idempotent'])
})

it('sets a variable once that two handlers discover alike', async () => {
  const { summary, received } = await play({
    Discovery: () =>
      discovery({ name: 'second', requestHook: { apiVersion, hook: 'DiscoverVariables' } }),
  })
  expect(summary.breaks).toBe(0)
  const create = received.find(({ hook }) => hook === 'BeforeClusterCreate')
  expect(at(create?.request, 'cluster', 'spec', 'topology', 'variables')).toEqual([
    { name: 'imageRepository', value: 'kindest' },
  ])
})

it('tells a message that changes in words from one that only counts', async () => {
  const words = ['Waiting for the network', 'Waiting for quota', 'Waiting for quota']
  const { summary } = await play({
    BeforeClusterCreate: (_, calls) =>
      calls < 3 ? { ...ok, retryAfterSeconds: 1, message: words[calls] } : ok,
  })
  expect(summary.findings).toEqual([])
})
