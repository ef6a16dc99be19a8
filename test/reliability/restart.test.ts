import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { recordedOf } from '../recorded/recorded.ts'
import { endAll } from '../support/start-extension.ts'
import { startBalancer } from './balancer.ts'
import { long, startBundle } from './extension.ts'
import { callHook, connectTo, startLoad } from './load.ts'

afterEach(endAll)
const restarts = Number(process.env['RESTARTS'] ?? (long ? 50 : 15))
// As long as the balancer needs to notice, several times over; in a cluster it is 5 s.
const delay = '--shutdown-delay-duration=200ms'

it(`${restarts} rolling restarts under load: no call fails`, async () => {
  const balancer = await startBalancer()
  const replicas = [await startBundle([delay]), await startBundle([delay])]
  for (const replica of replicas) await balancer.add(replica)
  const load = await startLoad(balancer.port)
  for (let restart = 0; restart < restarts; restart++) {
    const fresh = await startBundle([delay])
    await balancer.add(fresh)
    replicas.push(fresh)
    const old = replicas.shift()
    old?.child.kill('SIGTERM')
    expect(await old?.exited).toEqual([0, null])
    if (old) balancer.remove(old)
  }
  const { client, calls, failed, error } = await load.stop()
  await balancer.close()
  console.log(
    `${calls} calls of the ${client} client during ${restarts} restarts, ${failed} failed`,
  )
  expect({ failed, error }).toEqual({ failed: 0, error: undefined })
  expect(calls).toBeGreaterThan(restarts * 10)
})

it('kill -9 of one of two replicas under load: every call succeeds when it is repeated once', async () => {
  const [recorded] = recordedOf('GeneratePatches')
  const request = recorded?.request ?? {}
  const balancer = await startBalancer()
  const replicas = [await startBundle(), await startBundle()]
  for (const replica of replicas) await balancer.add(replica)
  const client = await connectTo(balancer.port)
  let [calls, repeated, stopped] = [0, 0, false]
  const errors: string[] = []
  const callers = [1, 2, 3, 4].map(async () => {
    while (!stopped) {
      calls++
      if (!(await callHook(client, 'GeneratePatches', request)).error) continue
      repeated++
      // The controllers wait longer before they repeat.
      await sleep(50)
      const { error } = await callHook(client, 'GeneratePatches', request)
      if (error) errors.push(error.detail)
    }
  })
  for (let kill = 0; kill < (long ? 20 : 5); kill++) {
    const fresh = await startBundle()
    const killed = replicas.shift()
    killed?.child.kill('SIGKILL')
    await killed?.exited
    if (killed) balancer.remove(killed)
    await balancer.add(fresh)
    replicas.push(fresh)
    await sleep(200)
  }
  stopped = true
  await Promise.all(callers)
  client.close()
  await balancer.close()
  console.log(`${calls} calls, ${repeated} were repeated`)
  expect(errors).toEqual([])
})
