import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { endAll } from '../support/start-extension.ts'
import { long, startBundle } from './extension.ts'
import { callHook, connectTo } from './load.ts'
import { scaled } from './scaled.ts'

const seconds = Number(process.env['SOAK_SECONDS'] ?? (long ? 300 : 60))
afterEach(endAll)

// Collects garbage all the time, so that what the heap holds is what is in use.
const collect = `data:text/javascript,${encodeURIComponent('setInterval(gc, 500).unref()')}`

it(`${seconds} seconds of all recorded calls: none fails, and nothing grows`, async () => {
  // UpdateMachine keeps its state in the management cluster.
  const extension = await startBundle(['--in-memory'], ['--expose-gc', `--import=${collect}`])
  const calls = hooks.flatMap(({ contract: { hook } }) =>
    recordedOf(hook).map((recorded) => ({ ...recorded, hook })),
  )
  const large = { hook: 'GeneratePatches', file: '100 MachineDeployments', request: scaled(100) }
  const descriptors = await extension.metric('process_open_fds')
  const failures = new Set<string>()
  let count = 0
  const client = await connectTo(extension.port)

  /** Calls for so many seconds, and gives the megabytes that the heap holds afterwards, when nothing is in flight. */
  async function call(forSeconds: number): Promise<number> {
    const end = Date.now() + forSeconds * 1000
    const callers = [1, 2, 3, 4].map(async () => {
      while (Date.now() < end) {
        const call = count++ % 50 === 0 ? large : calls[count % calls.length]
        if (!call) throw new Error('no recorded calls')
        const { error } = await callHook(client, call.hook, call.request)
        if (error) failures.add(`${call.file}: ${error.detail}`)
      }
    })
    await Promise.all(callers)
    await sleep(1200)
    return (await extension.metric('nodejs_heap_size_used_bytes')) / 2 ** 20
  }
  const warm = await call(seconds / 3)
  const warmCalls = count
  const after = await call((seconds * 2) / 3)
  client.close()

  expect([...failures]).toEqual([])
  const bytes = ((after - warm) * 2 ** 20) / (count - warmCalls)
  console.log(
    `${count} calls; heap ${warm.toFixed(1)} → ${after.toFixed(1)} MiB, ${bytes.toFixed(1)} bytes a call; peak ${extension.memory().peak} MB`,
  )
  expect(bytes).toBeLessThan(50)
  await sleep(1000)
  expect(await extension.metric('process_open_fds')).toBeLessThanOrEqual(descriptors + 1)
  extension.child.kill('SIGTERM')
  expect(await extension.exited).toEqual([0, null])
})
