import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Hook } from '../../src/handler/hook.ts'
import afterControlPlaneInitialized from '../../src/hooks/after-control-plane-initialized.ts'
import afterControlPlaneUpgrade from '../../src/hooks/after-control-plane-upgrade.ts'
import beforeClusterCreate from '../../src/hooks/before-cluster-create.ts'
import beforeClusterUpgrade from '../../src/hooks/before-cluster-upgrade.ts'
import { type Api, createApi } from '../../src/kubernetes/api.ts'
import { memoryApi } from '../../src/kubernetes/memory-api.ts'
import { memoryStates } from '../../src/kubernetes/memory-state.ts'
import { ApiError, kubernetesApi } from '../../src/kubernetes/request.ts'
import { callHook } from '../../src/testing/call-hook.ts'
import { at, cluster } from '../support/handlers.ts'
import { failure, serve } from '../support/serve.ts'
import { kubeconfig } from './kubeconfig.ts'

const settings = { extensionConfigName: 'test-ext' }
// The name and keys that Cluster API's test extension uses (test/extension/handlers/lifecycle).
const name = 'demo-test-ext-test-extension-hookresponses'
const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name }

/** The answer without what all have. */
async function answer(
  api: Api,
  hook: Hook,
  given: Record<string, string> = settings,
  fields: object = {},
) {
  const request = { cluster, settings: given, ...fields }
  const { apiVersion: _, kind: __, ...rest } = await callHook(hook, request, { api })
  return rest
}

const dataOf = async (api: Api) => (await api.get(reference))?.['data']

function withPreloaded(key: string, text: string) {
  const metadata = { name, namespace: 'default' }
  const data = { [`${key}-preloadedResponse`]: text }
  return memoryApi([{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data }])
}

const success = { status: 'Success', retryAfterSeconds: 0 }

it('answers Success when nothing is prepared, and records it', async () => {
  const api = memoryApi()
  expect(await answer(api, beforeClusterCreate)).toEqual(success)
  expect(await answer(api, afterControlPlaneInitialized)).toEqual({ status: 'Success' })
  expect(await dataOf(api)).toEqual({
    'BeforeClusterCreate-actualResponseStatus': 'Status: Success, RetryAfterSeconds: 0',
    'AfterControlPlaneInitialized-actualResponseStatus': 'Success',
  })
})

it('writes what it answered once, and again when it answers something else', async () => {
  const memory = memoryApi()
  const written: unknown[] = []
  const patch: Api['patch'] = (target, change) => {
    written.push(change)
    return memory.patch(target, change)
  }
  const api = { ...memory, patch }
  await answer(api, beforeClusterCreate)
  await answer(api, beforeClusterCreate)
  const blocking = { ...settings, defaultAllHandlersToBlocking: 'true' }
  await answer(api, beforeClusterCreate, blocking)
  const key = 'BeforeClusterCreate-actualResponseStatus'
  expect(written).toEqual([
    { data: { [key]: 'Status: Success, RetryAfterSeconds: 0' } },
    { data: { [key]: 'Status: Success, RetryAfterSeconds: 5' } },
  ])
})

it('blocks for 5 seconds with defaultAllHandlersToBlocking, and says how to release it', async () => {
  const blocking = { ...settings, defaultAllHandlersToBlocking: 'true' }
  const api = memoryApi()
  const versions = { fromKubernetesVersion: 'v1.34.0', toKubernetesVersion: 'v1.35.0+x.1' }
  const reply = await answer(api, beforeClusterUpgrade, blocking, versions)
  expect(reply).toMatchObject({ status: 'Success', retryAfterSeconds: 5 })
  const key = 'BeforeClusterUpgrade-v1.34.0-v1.35.0_x.1'
  expect(reply.message).toContain(`ConfigMap default/${name}, key ${key}-preloadedResponse`)
  expect(await dataOf(api)).toEqual({
    [`${key}-actualResponseStatus`]: 'Status: Success, RetryAfterSeconds: 5',
  })
  expect(await answer(api, afterControlPlaneInitialized, blocking)).toEqual({ status: 'Success' })
})

describe('a prepared answer', () => {
  it.each([
    ['{"Status": "Success", "RetryAfterSeconds": 7}', { status: 'Success', retryAfterSeconds: 7 }],
    ['{"status":"Failure","message":"no"}', { status: 'Failure', message: 'no' }],
    ['STATUS: Failure', { status: 'Failure' }],
    [
      'Status: Success\nretryafterseconds: 3\nunknown: x',
      { status: 'Success', retryAfterSeconds: 3 },
    ],
  ])('%j passes as it was stored', async (text, expected) => {
    const api = withPreloaded('BeforeClusterCreate', text)
    expect(await answer(api, beforeClusterCreate)).toEqual({ retryAfterSeconds: 0, ...expected })
  })

  it('is found by the fields of the request', async () => {
    const api = withPreloaded('AfterControlPlaneUpgrade-v1.35.0', 'Status: Failure')
    const forVersion = (kubernetesVersion: string) =>
      answer(api, afterControlPlaneUpgrade, settings, { kubernetesVersion })
    expect(await forVersion('v1.35.0')).toEqual({ status: 'Failure', retryAfterSeconds: 0 })
    expect(await forVersion('v1.36.0')).toEqual(success)
  })

  it('cannot block a hook that has no retryAfterSeconds', async () => {
    const text = 'Status: Success\nRetryAfterSeconds: 5'
    const api = withPreloaded('AfterControlPlaneInitialized', text)
    expect(await answer(api, afterControlPlaneInitialized)).toEqual({ status: 'Success' })
  })

  it.each([
    ['{', 'is neither YAML nor JSON'],
    ['', 'is neither YAML nor JSON'],
    ['5', ': expected Object'],
    ['{"retryAfterSeconds": 5}', ': status: required'],
    ['{"status": "Error"}', ': status: expected ("Success" | "Failure")'],
    ['{"status": "Success", "retryAfterSeconds": "5"}', ': retryAfterSeconds: expected number'],
  ])('%j becomes a Failure that names the key', async (text, message) => {
    const api = withPreloaded('BeforeClusterCreate', text)
    const reply = await answer(api, beforeClusterCreate)
    expect(reply.status).toBe('Failure')
    expect(reply.message).toContain(message)
    expect(reply.message).toContain(
      `ConfigMap default/${name}, key BeforeClusterCreate-preloadedResponse`,
    )
  })
})

it('fails without the setting extensionConfigName', async () => {
  expect(await answer(memoryApi(), beforeClusterCreate, {})).toMatchObject({
    status: 'Failure',
    message: expect.stringMatching(/^the setting extensionConfigName is missing/),
  })
})

it('turns an error of the API server into a Failure, and lets a bug through', async () => {
  const broken = (error: Error): Api => ({ ...memoryApi(), get: () => Promise.reject(error) })
  const refused = new ApiError(403, { message: 'Forbidden: get ConfigMap default/x' })
  expect(await answer(broken(refused), beforeClusterCreate)).toMatchObject({
    status: 'Failure',
    message: 'Forbidden: get ConfigMap default/x',
  })
  await expect(answer(broken(new TypeError('bug')), beforeClusterCreate)).rejects.toThrow('bug')
})

it('ends what it asks of the API server with its call', async () => {
  // An API server that takes requests and never answers.
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const api = createApi(kubernetesApi(kubeconfig(`http://127.0.0.1:${port}`)), 'test')
  const served = await serve([beforeClusterCreate], { cluster: { api, state: memoryStates() } })
  const [[message], reply] = await Promise.all([
    once(server, 'request'),
    served.call(`${at('before-cluster-create')}?timeout=1s`, JSON.stringify({ cluster, settings })),
  ])
  expect(reply).toMatchObject({
    status: 200,
    body: failure(`ConfigMap default/${name}: no answer from the API server in time`),
  })
  if (!message.socket.destroyed) await once(message.socket, 'close')
  await served.close()
  server.close()
})
