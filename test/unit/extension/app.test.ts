import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { apiVersion, handlerPath } from '../../../src/contract/contract.ts'
import {
  AfterControlPlaneInitialized,
  BeforeClusterCreate,
} from '../../../src/contract/lifecycle.ts'
import { createExtensionMetrics } from '../../../src/observability/extension-metrics.ts'
import { createBodyBudget, smallBodyBytes } from '../../../src/request/body-budget.ts'
import { at, body, cluster, hold, hooks, waits } from '../../support/handlers.ts'
import { failure, serve, success } from '../../support/serve.ts'

/** A body that needs room. */
const large = body + ' '.repeat(smallBodyBytes)

let served: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  // Room for two large bodies at once.
  served = await serve(hooks, { budget: createBodyBudget(2 * large.length) })
})
afterAll(() => served.close())

describe('an answer', () => {
  it.each([
    ['nothing', { ...success, retryAfterSeconds: 0 }],
    ['message', { ...success, retryAfterSeconds: 0, message: 'Fine' }],
    ['blocks', { ...success, retryAfterSeconds: 30, message: 'Waiting' }],
    ['fails', failure('No')],
  ])('of handler "%s" is completed', async (name, answer) => {
    const reply = await served.call(`${at(name)}?timeout=10s`, body)
    expect(reply).toMatchObject({ status: 200 })
    expect(reply.body).toEqual(answer)
  })

  it('of a hook that cannot block has no retryAfterSeconds', async () => {
    const path = handlerPath(AfterControlPlaneInitialized, 'after-control-plane-initialized')
    expect((await served.call(path, body)).body).toEqual({
      apiVersion,
      kind: 'AfterControlPlaneInitializedResponse',
      status: 'Success',
    })
  })
})

describe('a bug', () => {
  it.each([
    ['throws', 'BeforeClusterCreate handler "throws" failed, see its log'],
    ['rejects', 'BeforeClusterCreate handler "rejects" failed, see its log'],
    [
      'wrong',
      'BeforeClusterCreate handler "wrong" answered what its hook does not allow, see its log',
    ],
    [
      'foreign-field',
      'BeforeClusterCreate handler "foreign-field" answered what its hook does not allow, see its log',
    ],
  ])(
    'of handler "%s" is 500 with a constant message, and its detail is logged',
    async (name, message) => {
      const reply = await served.call(at(name), body)
      expect(reply).toMatchObject({ status: 500, text: message })
      const line = served.lines.findLast((entry) => entry['handler'] === name)
      expect(line).toMatchObject({ msg: 'BeforeClusterCreate failed', level: 50 })
      expect(line?.['err']).toHaveProperty('stack')
    },
  )

  it('of one call leaves others alone', async () => {
    await served.call(at('throws'), body)
    expect(await served.call(at('nothing'), body)).toMatchObject({ status: 200 })
  })
})

describe('the deadline', () => {
  it('answers 500 before the controller stops waiting, and ends the signal', async () => {
    hold()
    const reply = await served.call(`${at('waits')}?timeout=200ms`, body)
    expect(reply).toMatchObject({
      status: 500,
      text: 'BeforeClusterCreate handler "waits" did not answer in time',
    })
    expect(waits.signal?.aborted).toBe(true)
    waits.release()
  })

  it('comes after the end of the signal, so that a handler can still say what was missing', async () => {
    expect(await served.call(`${at('gives-up')}?timeout=300ms`, body)).toMatchObject({
      status: 200,
      body: failure('The quota service does not answer'),
    })
  })

  it('ends the signal when the controller disconnects', async () => {
    hold()
    const { ca, port } = served
    const path = at('waits')
    const message = request({ host: '127.0.0.1', port, path, ca, method: 'POST' })
    message.on('error', () => {})
    message.end(body)
    await vi.waitFor(() => expect(waits.signal).toBeDefined())
    message.destroy()
    await vi.waitFor(() => expect(waits.signal?.aborted).toBe(true))
    waits.release()
  })
})

it('lets a large body wait while too much is in flight, and answers 503 at its deadline', async () => {
  const running: Promise<unknown>[] = []
  hold()
  for (let index = 0; index < 2; index++) {
    delete waits.signal
    running.push(served.call(at('waits'), large))
    await vi.waitFor(() => expect(waits.signal).toBeDefined())
  }
  expect(await served.call(`${at('nothing')}?timeout=200ms`, large)).toMatchObject({
    status: 503,
    text: 'too many calls are in flight: try again',
  })
  const patient = served.call(at('nothing'), large)
  // Small ones have no part in it.
  expect(await served.call(at('nothing'), body)).toMatchObject({ status: 200 })
  waits.release()
  expect(await Promise.all(running)).toMatchObject([{ status: 200 }, { status: 200 }])
  expect(await patient).toMatchObject({ status: 200 })
})

it.each([
  ['POST', '/'],
  ['POST', at('unknown')],
  ['POST', handlerPath(BeforeClusterCreate)],
  ['POST', `/${'x'.repeat(2000)}`],
  ['GET', at('nothing')],
])('answers 404 to %s %.80s with the handlers that there are', async (method, path) => {
  const reply = await served.call(path, '', { method })
  expect(reply.status).toBe(404)
  expect(reply.text).toContain(`nothing at ${method} ${path.slice(0, 120)}`)
  expect(reply.text).toContain('before-cluster-delete')
  expect(reply.text.length).toBeLessThan(512)
})

it('logs one line for a call, without its content', async () => {
  const before = served.lines.length
  await served.call(at('blocks'), JSON.stringify({ cluster, settings: { password: 'SECRET' } }))
  const lines = served.lines.slice(before)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({
    msg: 'BeforeClusterCreate answered',
    hook: 'BeforeClusterCreate',
    handler: 'blocks',
    Cluster: { name: 'demo', namespace: 'default' },
    milliseconds: expect.any(Number),
    status: 'Success',
    retryAfterSeconds: 30,
  })
  expect(JSON.stringify(lines)).not.toContain('SECRET')
})

it('begins the log lines of calls with the prefix that it is given', async () => {
  const { call, lines, close } = await serve(hooks, { logPrefix: 'SPIKE ' })
  await call(at('nothing'), body)
  await call(at('throws'), body)
  expect(lines.map(({ msg }) => msg)).toEqual([
    'SPIKE BeforeClusterCreate answered',
    'SPIKE BeforeClusterCreate failed',
  ])
  await close()
})

it('answers Discovery', async () => {
  const reply = await served.call(`/${apiVersion}/discovery?timeout=10s`, 'null')
  expect(reply.body).toMatchObject({ kind: 'DiscoveryResponse', status: 'Success' })
  expect(reply.body?.['handlers']).toHaveLength(hooks.length)
})

it('answers with constant words when the app itself has a bug', async () => {
  const broken = () => {
    throw new Error('SECRET')
  }
  const metrics = { ...createExtensionMetrics(), began: broken }
  const { call, lines, close } = await serve(hooks, { metrics })
  expect(await call(at('nothing'), body)).toMatchObject({
    status: 500,
    text: 'the extension failed, see its log',
  })
  expect(lines.at(-1)).toMatchObject({ msg: 'a call failed outside of its handler' })
  await close()
})
