import { once } from 'node:events'
import { connect as connectPlain, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handlerPath } from '../../src/contract/contract.ts'
import type { HookClient } from '../../src/dev/simulator/client.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { endAll, type RunningExtension } from '../support/start-extension.ts'
import { authority, long, startBundle } from './extension.ts'
import { callHook, connectTo, startLoad } from './load.ts'
import { scaledTo } from './scaled.ts'

const sockets = long ? 400 : 100
let extension: RunningExtension
let client: HookClient
let ca: string
beforeAll(async () => {
  extension = await startBundle()
  client = await connectTo(extension.port)
  ca = await authority()
})
afterAll(async () => {
  client.close()
  await endAll()
})

// What others see meanwhile: a call of Discovery every 20 ms.
let others: { failed: string[]; worst: number; stop: () => Promise<void> }
function watchOthers() {
  let stopped = false
  const failed: string[] = []
  others = { failed, worst: 0, stop: async () => {} }
  const loop = (async () => {
    while (!stopped) {
      const { error, milliseconds } = await callHook(client, 'Discovery', {})
      if (error) failed.push(error.detail)
      others.worst = Math.max(others.worst, milliseconds)
      await sleep(20)
    }
  })()
  others.stop = async () => {
    stopped = true
    await loop
  }
}
beforeEach(watchOthers)
afterEach(async ({ task }) => {
  await others.stop()
  const { peak } = extension.memory()
  console.log(`${task.name}: others' worst call ${others.worst} ms, peak memory ${peak} MB`)
  expect(others.failed).toEqual([])
  expect(await extension.isReady()).toBe(true)
  expect(await extension.metric('capi_runtime_extension_held_body_bytes')).toBe(0)
})

const path = handlerPath({ hook: 'Discovery' })
const head = `POST ${path} HTTP/1.1\r\nHost: a\r\n`

async function open(): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: extension.port, ca })
  socket.on('error', () => {})
  await once(socket, 'secureConnect')
  return socket
}

/** Waits until the server has closed, however. */
async function closed(socket: Socket): Promise<void> {
  socket.on('error', () => {}).resume()
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}

/** Sends bytes as they are and gives all that comes back until the server closes, for 5 seconds at most. */
async function send(bytes: string | Buffer, wait = 5000): Promise<string> {
  const socket = await open()
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.write(bytes)
  await Promise.race([closed(socket), sleep(wait)])
  socket.destroy()
  return answer
}

const statuses = (answer: string) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, s]) => s)

it(`${4 * sockets} slow clients of every kind are all cut off`, async () => {
  const starts = [
    `${head}X: `,
    `${head}Content-Length: 20971520\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n`,
  ]
  const all = await Promise.all(
    starts.flatMap((start) =>
      Array.from({ length: sockets }, async () => {
        const socket = await open()
        socket.write(start)
        return { socket, drip: start.includes('chunked') ? '1\r\n \r\n' : ' ' }
      }),
    ),
  )
  const silent = Array.from({ length: sockets }, () => connectPlain(extension.port, '127.0.0.1'))
  const drip = setInterval(() => {
    for (const { socket, drip } of all) if (socket.writable) socket.write(drip)
  }, 1000)
  await Promise.all([...all.map(({ socket }) => socket), ...silent].map(closed))
  clearInterval(drip)
})

describe('smuggling', () => {
  const body = (headers: string, rest: string) => `${head}${headers}\r\n\r\n${rest}`
  it.each([
    ['two lengths', body('Content-Length: 2\r\nContent-Length: 3', '{} ')],
    [
      'a length and chunks',
      body('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${head}\r\n`),
    ],
    ['chunks by another name', body('Transfer-Encoding: xchunked', '2\r\n{}\r\n0\r\n\r\n')],
    ['chunks twice', body('Transfer-Encoding: chunked, chunked', '2\r\n{}\r\n0\r\n\r\n')],
    ['a length that is none', body('Content-Length: +2', '{}')],
    ['a chunk that is too long', body('Transfer-Encoding: chunked', `${'f'.repeat(20)}\r\n{}`)],
    ['a bare line feed', `${head}X: a\nContent-Length: 2\r\n\r\n{}`],
    ['a space before the colon', body('Content-Length : 2', '{}')],
    ['no host', `POST ${path} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}`],
    ['headers above 16 KiB', body(`X: ${'x'.repeat(20_000)}\r\nContent-Length: 2`, '{}')],
  ])('with %s is refused, and the connection closed', async (_, bytes) => {
    const [status, ...more] = statuses(await send(bytes, 2000))
    expect(status).toMatch(/^4\d\d$/)
    expect(more).toEqual([])
  })
})

it('garbage, plain HTTP and broken handshakes are cut off', async () => {
  const garbage = [
    Buffer.alloc(1000, 7),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from([22, 3, 1, 2, 0, 1]),
  ]
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const socket = connectPlain(extension.port, '127.0.0.1')
      socket.end(garbage[index % garbage.length] ?? '')
      await closed(socket)
    }),
  )
})

it('bodies that break off leave nothing behind', async () => {
  for (let index = 0; index < 100; index++) {
    const socket = await open()
    socket.write(`${head}Content-Length: 1000\r\n\r\n{"a":`)
    socket.destroy()
  }
})

it('20 MiB of open brackets, four times in parallel, are refused', async () => {
  const bytes = Buffer.from(`${head}Content-Length: 20971520\r\n\r\n${'['.repeat(20_971_520)}`)
  const answers = await Promise.all([1, 2, 3, 4].map(() => send(bytes)))
  for (const answer of answers) expect(answer).toContain('nested deeper than 1000 levels')
})

it.each(['ValidateTopology', 'GeneratePatches'])(
  '10 bodies of 18 MiB for %s in parallel are all answered',
  async (hook) => {
    const request = scaledTo(18 * 2 ** 20)
    const load = await startLoad(extension.port, { hook, request, callers: 10, calls: 10 })
    const { calls, failed, error } = await load.ended
    expect({ calls, failed, error }).toEqual({ calls: 10, failed: 0, error: undefined })
  },
)

it('a recorded request is answered as before', async () => {
  const [recorded] = recordedOf('GeneratePatches')
  const { error, answer } = await callHook(client, 'GeneratePatches', recorded?.request ?? {})
  expect(error).toBeUndefined()
  expect(answer).toMatchObject({ status: 'Success' })
})
