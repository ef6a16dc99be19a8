import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { expect, it, vi } from 'vitest'
import { createAuthority } from '../../src/dev/certificates.ts'
import { serveTls } from '../../src/server/serve-tls.ts'
import { mountSecret, type Pair } from '../support/secret.ts'
import { silent } from '../support/silent.ts'

const swaps = 1000

it(`${swaps} exchanges of the certificate under load: no call fails`, async () => {
  const authority = await createAuthority()
  // A second lies between their ends, so that it is known which one is in use.
  const pairs = await Promise.all(
    Array.from({ length: 8 }, (_, index) => authority.issue({ days: 30 + index })),
  )
  const pairAt = (index: number): Pair => pairs[index % pairs.length] ?? { cert: '', key: '' }
  const { files, renew } = mountSecret(pairAt(0))
  const webhook = { ...files, host: '127.0.0.1', port: 0, minVersion: 'TLSv1.2' as const }
  const server = await serveTls((_, response) => response.end('ok'), webhook, '', silent, 1)

  let [calls, stopped] = [0, false]
  const errors: unknown[] = []
  // One keeps its connection, the others meet every certificate.
  const callers = [true, false, false].map(async (keepAlive) => {
    const agent = new Agent({ keepAlive, ca: authority.ca })
    while (!stopped) {
      try {
        const call = request({ host: '127.0.0.1', port: server.port, method: 'POST', agent })
        const response = once(call, 'response')
        call.end('{}')
        const [message] = await response
        expect(await text(message)).toBe('ok')
      } catch (error) {
        errors.push(error)
      }
      calls++
    }
    agent.destroy()
  })
  for (let swap = 1; swap <= swaps; swap++) {
    const before = server.certificateExpiry.getTime()
    renew(pairAt(swap))
    const enough = calls + 2
    const isTaken = () => server.certificateExpiry.getTime() !== before && calls >= enough
    await vi.waitUntil(isTaken, { interval: 1, timeout: 10_000 })
  }
  stopped = true
  await Promise.all(callers)
  await server.close()
  console.log(`${calls} calls during ${swaps} exchanges`)
  expect(errors).toEqual([])
  expect(calls).toBeGreaterThan(swaps)
})
