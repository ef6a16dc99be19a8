import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { hooks } from '../../src/hooks/index.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { endAll, long, startExtension } from './extension.ts'
import { callHook, connectTo } from './load.ts'
import { scaled } from './scaled.ts'

const seconds = Number(process.env['SOAK_SECONDS'] ?? (long ? 300 : 60))
afterEach(endAll)

// Collects garbage all the time, so that what the heap holds is what is in use.
const collect = `data:text/javascript,${encodeURIComponent('setInterval(gc, 500).unref()')}`

it(`${seconds} seconds of all recorded calls: none fails, and nothing grows`, async () => {
  const extension = await startExtension([], ['--expose-gc', `--import=${collect}`])
  const calls = hooks.flatMap(({ contract: { hook } }) =>
    recordedOf(hook).map((recorded) => ({ ...recorded, hook })),
  )
  const large = { hook: 'GeneratePatches', file: '100 MachineDeployments', request: scaled(100) }
  const descriptors = await extension.metric('process_open_fds')
  const samples: { minutes: number; megabytes: number }[] = []
  const failures = new Set<string>()
  let count = 0
  const started = Date.now()
  const elapsed = () => (Date.now() - started) / 1000

  const client = await connectTo(extension.port)
  const callers = [1, 2, 3, 4].map(async () => {
    while (elapsed() < seconds) {
      const call = count++ % 50 === 0 ? large : calls[count % calls.length]
      if (!call) throw new Error('no recorded calls')
      const { error } = await callHook(client, call.hook, call.request)
      if (error) failures.add(`${call.file}: ${error.detail}`)
    }
  })
  const watcher = (async () => {
    while (elapsed() < seconds) {
      await sleep(500)
      const used = await extension.metric('nodejs_heap_size_used_bytes')
      samples.push({ minutes: elapsed() / 60, megabytes: used / 2 ** 20 })
    }
  })()
  await Promise.all([...callers, watcher])
  client.close()

  expect([...failures]).toEqual([])
  const warm = lowest(samples.slice(samples.length / 3))
  const slope = slopeOf(warm)
  console.log(
    `${count} calls; heap ${warm.at(0)?.megabytes.toFixed(1)} → ${warm.at(-1)?.megabytes.toFixed(1)} MiB, ${slope.toFixed(2)} MiB a minute; peak ${extension.memory().peak} MB`,
  )
  // A leak of 100 bytes a call would be several times that.
  expect(slope).toBeLessThan(2)
  await sleep(1000)
  expect(await extension.metric('process_open_fds')).toBeLessThanOrEqual(descriptors + 1)
  extension.child.kill('SIGTERM')
  expect(await extension.exited).toEqual([0, null])
})

type Sample = { minutes: number; megabytes: number }

/** The lowest sample of every ten: those right after a collection. */
function lowest(samples: Sample[]): Sample[] {
  const groups = Array.from({ length: Math.floor(samples.length / 10) }, (_, index) =>
    samples.slice(index * 10, index * 10 + 10),
  )
  return groups.map((group) =>
    group.reduce((least, sample) => (sample.megabytes < least.megabytes ? sample : least)),
  )
}

/** Least squares, in MiB a minute. */
function slopeOf(samples: Sample[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(samples.map((s) => s.minutes)), mean(samples.map((s) => s.megabytes))]
  const covariance = mean(samples.map((s) => (s.minutes - x) * (s.megabytes - y)))
  return covariance / mean(samples.map((s) => (s.minutes - x) ** 2))
}
