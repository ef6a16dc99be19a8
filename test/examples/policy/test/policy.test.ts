import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AfterControlPlaneInitialized,
  BeforeClusterCreate,
  BeforeClusterUpgrade,
} from 'capi-extension/hooks'
import { callHook, memoryApi, memoryState, requestOf } from 'capi-extension/testing'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settings as settingsSchema } from '../src/context.ts'
import afterControlPlaneInitialized from '../src/hooks/after-control-plane-initialized.ts'
import beforeClusterCreate from '../src/hooks/before-cluster-create.ts'
import beforeClusterUpgrade from '../src/hooks/before-cluster-upgrade.ts'
import { createQuotaService } from '../src/quota-service.ts'

/** A quota service as the team runs it: what it was asked, and what it answers. */
const asked: string[] = []
let clustersLeft = 1
const service = createServer(({ method, url, headers }, response) => {
  asked.push(`${method} ${url} ${headers.authorization}`)
  response.end(JSON.stringify({ clustersLeft }))
})
beforeAll(() => once(service.listen(0, '127.0.0.1'), 'listening'))
afterAll(() => service.close())

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'quota-token', namespace: 'default' },
  data: { token: Buffer.from('s3cret').toString('base64') },
}

/** What the handlers get: the real client of the real service. */
function options() {
  const { port } = service.address() as AddressInfo
  const settings = v.parse(settingsSchema, { quotaUrl: `http://127.0.0.1:${port}` })
  const api = memoryApi([secret])
  const { signal } = new AbortController()
  return { settings, api, quotaService: createQuotaService({ api, settings, signal }) }
}

it('holds a new Cluster until there is quota', async () => {
  const request = requestOf(BeforeClusterCreate)
  expect(await callHook(beforeClusterCreate, request, options())).toMatchObject({
    status: 'Success',
    retryAfterSeconds: 0,
  })
  clustersLeft = 0
  expect(await callHook(beforeClusterCreate, request, options())).toMatchObject({
    retryAfterSeconds: 60,
    message: 'Waiting for quota',
  })
  expect(asked).toContain('GET /namespaces/default Bearer s3cret')
})

it('tells the service of a Cluster once, however often it is called', async () => {
  const state = memoryState()
  const request = requestOf(AfterControlPlaneInitialized)
  for (let time = 0; time < 3; time++)
    await callHook(afterControlPlaneInitialized, request, { ...options(), state })
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([
    'PUT /namespaces/default/clusters/demo Bearer s3cret',
  ])
})

it.each([
  ['2026-01-01T02:00:00Z', 0],
  ['2026-01-01T04:00:00Z', 300],
])('at %s an upgrade waits %d s', async (time, retryAfterSeconds) => {
  const now = () => new Date(time)
  const request = requestOf(BeforeClusterUpgrade)
  expect(await callHook(beforeClusterUpgrade, request, { ...options(), now })).toMatchObject({
    retryAfterSeconds,
  })
})

it('refuses a window that is none', () => {
  const given = { quotaUrl: 'http://quota', maintenanceWindow: '2-4' }
  expect(() => v.parse(settingsSchema, given)).toThrow('expected a window such as 22:00-04:00')
})
