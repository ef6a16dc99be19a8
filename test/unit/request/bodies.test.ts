import { once } from 'node:events'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { handlerPath, maxBodyBytes } from '../../../src/contract/contract.ts'
import { GeneratePatches } from '../../../src/contract/topology.ts'
import { createApp } from '../../../src/extension/app.ts'
import { inMemoryCluster } from '../../../src/kubernetes/management-cluster.ts'
import { createBodyBudget } from '../../../src/request/body-budget.ts'
import { at, body, cluster, hooks, waits } from '../../support/handlers.ts'
import { failure, serve, success } from '../../support/serve.ts'
import { silent } from '../../support/silent.ts'

let served: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  served = await serve(hooks)
})
afterAll(() => served.close())

/** Sends the head of a call and the first part of its body. */
async function startBody(query: string, header: string, part: string, { ca, port } = served) {
  const socket = connect({ host: '127.0.0.1', port, ca })
  await once(socket, 'secureConnect')
  socket.write(`POST ${at('nothing')}${query} HTTP/1.1\r\nHost: a\r\n${header}\r\n\r\n${part}`)
  return { socket, answer: once(socket, 'data').then(String) }
}

describe('a body', () => {
  it.each([
    ['{', 'error unmarshalling request: the body is not JSON'],
    ['[]', 'error unmarshalling request: the body is not a JSON object'],
    ['null', 'error unmarshalling request: cluster: required'],
    ['{}', 'error unmarshalling request: cluster: required'],
    ['{"cluster":5}', 'error unmarshalling request: cluster: expected Object'],
    [
      '{"cluster":{"metadata":{"name":5,"namespace":"default"},"spec":{}}}',
      'error unmarshalling request: cluster.metadata.name: expected string',
    ],
    [
      '{"settings":{"a":1},"cluster":{"metadata":{"name":"a","namespace":"b"},"spec":{}}}',
      'error unmarshalling request: settings.a: expected string',
    ],
    [`{"a":${'['.repeat(2000)}`, 'error unmarshalling request: nested deeper than 1000 levels'],
  ])('%.60s is a Failure that says where', async (text, message) => {
    expect(await served.call(at('nothing'), text)).toMatchObject({
      status: 200,
      body: failure(message),
    })
  })

  it.each([
    ['with its length', {}],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('above 20 MiB %s is a Failure', async (_, headers) => {
    const reply = await served.call(at('nothing'), ' '.repeat(maxBodyBytes + 1), { headers })
    expect(reply).toMatchObject({
      status: 200,
      body: failure('error reading request: the body is larger than 20971520 bytes'),
    })
  })

  it('of exactly 20 MiB is read', async () => {
    const padded = body + ' '.repeat(maxBodyBytes - body.length)
    expect((await served.call(at('nothing'), padded)).body).toMatchObject(success)
  })

  it('that breaks off is a Failure', async () => {
    const app = createApp({ hooks }, { log: silent, cluster: inMemoryCluster() })
    const stream = new ReadableStream({
      pull: (controller) => controller.error(new Error('reset')),
    })
    const raw = new Request(`http://a${at('nothing')}`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    })
    expect(await (await app.fetch(raw)).json()).toEqual(
      failure('error reading request: the body broke off'),
    )
  })

  it('that breaks off on the wire leaves the server serving', async () => {
    const { socket } = await startBody('', 'Content-Length: 100', '{"clu')
    socket.destroy()
    await once(socket, 'close')
    expect(await served.call(at('nothing'), body)).toMatchObject({ status: 200 })
  })

  it.each([
    ['with its length', 'Content-Length: 100', '{"clu'],
    ['in chunks', 'Transfer-Encoding: chunked', '5\r\n{"clu\r\n'],
  ])('that stays away %s is 503 at the deadline of the call', async (_, header, part) => {
    const { socket, answer } = await startBody('?timeout=1s', header, part)
    expect(await answer).toContain('the body did not arrive in time: try again')
    socket.destroy()
  })

  it('that stalls makes no other wait: it gives up its room and is 503', async () => {
    const limit = 24 * 1024 * 1024
    const budget = createBodyBudget(limit)
    const crowded = await serve(hooks, { budget })
    const part = ' '.repeat(100_000)
    const stalled = await Promise.all(
      [1, 2, 3].map(() => startBody('', `Content-Length: ${limit / 3}`, part, crowded)),
    )
    await vi.waitFor(() => expect(budget.held).toBe(limit))
    const megabyte = body + ' '.repeat(1_000_000)
    expect(await crowded.call(at('nothing'), megabyte)).toMatchObject({ status: 200 })
    // The others need not go: there is room again.
    expect(await Promise.race(stalled.map(({ answer }) => answer))).toMatch(
      /^HTTP\/1.1 503 .*came too slowly while others waited/s,
    )
    for (const { socket } of stalled) socket.destroy()
    await vi.waitFor(() => expect(budget.held).toBe(0))
    await crowded.close()
  })

  it('takes no room before its first bytes are there', async () => {
    const budget = createBodyBudget(maxBodyBytes)
    const crowded = await serve(hooks, { budget })
    const idle = await Promise.all(
      ['Content-Length: 20971520', 'Transfer-Encoding: chunked'].map((header) =>
        startBody('', header, '', crowded),
      ),
    )
    expect(await crowded.call(at('nothing'), body + ' '.repeat(100_000))).toMatchObject({
      status: 200,
    })
    expect(budget.held).toBe(0)
    for (const { socket } of idle) socket.destroy()
    await crowded.close()
  })

  it.each([
    ['no Content-Type', {}],
    ['the form type of curl -d', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a JSON type', { 'Content-Type': 'application/json' }],
    ['nonsense', { 'Content-Type': ';;;' }],
  ])('is JSON with %s', async (_, headers) => {
    expect((await served.call(at('nothing'), body, { headers })).body).toMatchObject(success)
  })

  it('may have null for any list and map, and fields that nobody knows', async () => {
    const topology = { version: 'v1.36.4', variables: null, workers: { machineDeployments: null } }
    const unknown = {
      newField: { a: 1 },
      settings: null,
      controlPlaneUpgrades: null,
      cluster: {
        metadata: { ...cluster.metadata, labels: null, creationTimestamp: null, newField: [] },
        spec: { topology, clusterNetwork: { pods: { cidrBlocks: null } }, newField: null },
      },
    }
    const reply = await served.call(at('waits'), JSON.stringify(unknown))
    expect(reply.body).toMatchObject(success)
    // The handler gets what was sent.
    expect(waits.request).toEqual(unknown)
    const path = handlerPath(GeneratePatches, 'generate-patches')
    const empty = await served.call(path, '{"items":null,"variables":null}')
    expect(empty.body).toMatchObject({ status: 'Success' })
    expect(waits.request).toEqual({ items: null, variables: null })
  })

  it('may hold a v1beta1 Cluster', async () => {
    const spec = {
      infrastructureRef: { apiVersion: 'i/v1beta1', kind: 'DockerCluster', name: 'a' },
      topology: { class: 'quick-start', version: 'v1.33.0', rolloutAfter: null },
    }
    const old = { apiVersion: 'cluster.x-k8s.io/v1beta1', kind: 'Cluster', ...cluster, spec }
    const reply = await served.call(at('nothing'), JSON.stringify({ cluster: old }))
    expect(reply.body).toMatchObject(success)
  })

  it('with a key twice has the last of both, as in Go', async () => {
    const twice = `{"settings":{"a":"1"},"settings":{"a":"2"},${body.slice(1)}`
    expect((await served.call(at('waits'), twice)).body).toMatchObject(success)
    expect(waits.request).toMatchObject({ settings: { a: '2' } })
  })

  it('with __proto__ changes nothing', async () => {
    const nasty = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${body.slice(1)}`
    expect((await served.call(at('nothing'), nasty)).body).toMatchObject(success)
    expect('polluted' in {}).toBe(false)
  })
})
