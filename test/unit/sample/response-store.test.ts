import { describe, expect, it } from 'vitest'
import type { HookContract } from '../../../src/contract/contract.ts'
import {
  AfterControlPlaneInitialized,
  AfterControlPlaneUpgrade,
  BeforeClusterCreate,
  BeforeClusterUpgrade,
} from '../../../src/contract/lifecycle.ts'
import { type ConfigMaps, StoreError } from '../../../src/sample/config-maps.ts'
import { memoryConfigMaps } from '../../../src/sample/memory-config-maps.ts'
import { createResponseStore } from '../../../src/sample/response-store.ts'
import { silent } from '../../recorded/recorded.ts'

const cluster = { metadata: { name: 'demo', namespace: 'default' }, spec: {} }
const { signal } = new AbortController()
const settings = { extensionConfigName: 'test-ext' }
// The name and keys that Cluster API's test extension uses (test/extension/handlers/lifecycle).
const name = 'demo-test-ext-test-extension-hookresponses'

async function answer(
  configMaps: ConfigMaps,
  contract: HookContract,
  given: Record<string, string> = settings,
  ...attributes: string[]
) {
  const store = createResponseStore(configMaps, silent)
  const reply = await store.answer(
    contract,
    { request: { cluster, settings: given }, signal },
    ...attributes,
  )
  // As JSON, since the mark of a stored answer is for handlers only.
  return JSON.parse(JSON.stringify(reply))
}

async function withPreloaded(key: string, text: string) {
  const configMaps = memoryConfigMaps()
  await configMaps.write('default', name, { [`${key}-preloadedResponse`]: text })
  return configMaps
}

it('answers Success when nothing is prepared, and records it', async () => {
  const configMaps = memoryConfigMaps()
  expect(await answer(configMaps, BeforeClusterCreate)).toEqual({ status: 'Success' })
  expect(await answer(configMaps, AfterControlPlaneInitialized)).toEqual({ status: 'Success' })
  expect(await configMaps.readOrCreate('default', name)).toEqual({
    'BeforeClusterCreate-actualResponseStatus': 'Status: Success, RetryAfterSeconds: 0',
    'AfterControlPlaneInitialized-actualResponseStatus': 'Success',
  })
})

it('writes what it answered once, and again when it answers something else', async () => {
  const memory = memoryConfigMaps()
  const written: unknown[] = []
  const configMaps: ConfigMaps = {
    ...memory,
    write(...args) {
      written.push(args[2])
      return memory.write(...args)
    },
  }
  await answer(configMaps, BeforeClusterCreate)
  await answer(configMaps, BeforeClusterCreate)
  const blocking = { ...settings, defaultAllHandlersToBlocking: 'true' }
  await answer(configMaps, BeforeClusterCreate, blocking)
  const key = 'BeforeClusterCreate-actualResponseStatus'
  expect(written).toEqual([
    { [key]: 'Status: Success, RetryAfterSeconds: 0' },
    { [key]: 'Status: Success, RetryAfterSeconds: 5' },
  ])
})

it('blocks for 5 seconds with defaultAllHandlersToBlocking, and says how to release it', async () => {
  const blocking = { ...settings, defaultAllHandlersToBlocking: 'true' }
  const configMaps = memoryConfigMaps()
  const reply = await answer(configMaps, BeforeClusterUpgrade, blocking, 'v1.34.0', 'v1.35.0+x.1')
  expect(reply).toMatchObject({ status: 'Success', retryAfterSeconds: 5 })
  const key = 'BeforeClusterUpgrade-v1.34.0-v1.35.0_x.1'
  expect(reply.message).toContain(`ConfigMap default/${name}, key ${key}-preloadedResponse`)
  expect(await configMaps.readOrCreate('default', name)).toEqual({
    [`${key}-actualResponseStatus`]: 'Status: Success, RetryAfterSeconds: 5',
  })
  expect(await answer(configMaps, AfterControlPlaneInitialized, blocking)).toEqual({
    status: 'Success',
  })
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
    const configMaps = await withPreloaded('BeforeClusterCreate', text)
    expect(await answer(configMaps, BeforeClusterCreate)).toEqual(expected)
  })

  it('is found by its attributes', async () => {
    const configMaps = await withPreloaded('AfterControlPlaneUpgrade-v1.35.0', 'Status: Failure')
    const at = (version: string) => answer(configMaps, AfterControlPlaneUpgrade, settings, version)
    expect(await at('v1.35.0')).toEqual({ status: 'Failure' })
    expect(await at('v1.36.0')).toEqual({ status: 'Success' })
  })

  it('cannot block a hook that has no retryAfterSeconds', async () => {
    const text = 'Status: Success\nRetryAfterSeconds: 5'
    const configMaps = await withPreloaded('AfterControlPlaneInitialized', text)
    expect(await answer(configMaps, AfterControlPlaneInitialized)).toEqual({ status: 'Success' })
  })

  it.each([
    ['{', 'is neither YAML nor JSON'],
    ['', 'is neither YAML nor JSON'],
    ['5', ': expected Object'],
    ['{"retryAfterSeconds": 5}', ': status: required'],
    ['{"status": "Error"}', ': status: expected ("Success" | "Failure")'],
    ['{"status": "Success", "retryAfterSeconds": "5"}', ': retryAfterSeconds: expected number'],
  ])('%j becomes a Failure that names the key', async (text, message) => {
    const configMaps = await withPreloaded('BeforeClusterCreate', text)
    const reply = await answer(configMaps, BeforeClusterCreate)
    expect(reply.status).toBe('Failure')
    expect(reply.message).toContain(message)
    expect(reply.message).toContain(
      `ConfigMap default/${name}, key BeforeClusterCreate-preloadedResponse`,
    )
  })
})

it('fails without the setting extensionConfigName', async () => {
  expect(await answer(memoryConfigMaps(), BeforeClusterCreate, {})).toMatchObject({
    status: 'Failure',
    message: expect.stringMatching(/^the setting extensionConfigName is missing/),
  })
})

it('turns an error of the API server into a Failure, and lets a bug through', async () => {
  const broken = (error: Error): ConfigMaps => ({
    ...memoryConfigMaps(),
    readOrCreate: () => Promise.reject(error),
  })
  const refused = new StoreError('failed to read the ConfigMap default/x: Forbidden')
  expect(await answer(broken(refused), BeforeClusterCreate)).toEqual({
    status: 'Failure',
    message: 'failed to read the ConfigMap default/x: Forbidden',
  })
  await expect(answer(broken(new TypeError('bug')), BeforeClusterCreate)).rejects.toThrow('bug')
})
