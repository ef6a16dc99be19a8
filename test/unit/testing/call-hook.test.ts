import { expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { AnswerError } from '../../../src/handler/answer.ts'
import type { Context } from '../../../src/handler/context.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { memoryApi } from '../../../src/kubernetes/memory-api.ts'
import { callHook } from '../../../src/testing/call-hook.ts'
import { clusterOf } from '../../../src/testing/cluster.ts'
import { requestOf } from '../../../src/testing/request.ts'
import { reply } from '../../support/handlers.ts'

/** A handler that gives what it got to a function. */
const hookWith = (tell: (given: Context) => unknown) =>
  defineHook(BeforeClusterCreate, async ({ request: _, ...given }) => ({
    status: 'Success',
    message: JSON.stringify(await tell(given)),
  }))
const told = async (...call: Parameters<typeof callHook>) =>
  JSON.parse((await callHook(...call)).message ?? '')
const request = requestOf(BeforeClusterCreate, { settings: { max: '5' } })

it('gives a handler the settings of its request, an empty management cluster and a state', async () => {
  const hook = hookWith(async ({ settings, api, state, signal, now }) => ({
    settings,
    clusters: await api.list({ apiVersion: 'v1', kind: 'ConfigMap' }),
    count: await state(clusterOf()).update<number>('count', (count = 0) => count + 1),
    ended: signal.aborted,
    isNow: Math.abs(now().getTime() - Date.now()) < 60_000,
  }))
  const expected = { settings: { max: '5' }, clusters: [], count: 1, ended: false, isNow: true }
  expect(await told(hook, request)).toEqual(expected)
  // Nothing is left of the call before.
  expect(await told(hook, request)).toEqual(expected)
  const { settings } = await told(hook, { ...request, settings: null })
  expect(settings).toEqual({})
})

it('gives a handler what the test gives in their place', async () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }
  const hook = hookWith(async ({ settings, api, now }) => ({
    settings,
    found: (await api.list({ apiVersion: 'v1', kind: 'ConfigMap' })).length,
    year: now().getUTCFullYear(),
  }))
  const given = { settings: { max: '6' }, api: memoryApi([configMap]), now: () => new Date(0) }
  expect(await told(hook, request, given)).toEqual({ settings: { max: '6' }, found: 1, year: 1970 })
})

it('rejects for what is no request, for an error of the handler and for what is no answer', async () => {
  await expect(
    callHook(
      hookWith(() => {}),
      { cluster: {} },
    ),
  ).rejects.toThrow(
    new TypeError('this is no BeforeClusterCreateRequest: cluster.metadata: required'),
  )
  const broken = hookWith(() => {
    throw new Error('broken')
  })
  await expect(callHook(broken, request)).rejects.toThrow('broken')
  const wrong = callHook(reply('wrong', { retryAfterSeconds: '5' }), request)
  await expect(wrong).rejects.toThrow(AnswerError)
})
