import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { handlerPath } from '../../src/contract/contract.ts'
import { decode } from '../../src/dev/simulator/decode.ts'
import { hooks } from '../../src/hooks/index.ts'
import { recordedOf } from '../recorded/recorded.ts'
import { endAll } from '../support/start-extension.ts'
import { arbitraryOf, broken, mutated } from './arbitrary-request.ts'
import { authority, long, startBundle } from './extension.ts'

afterEach(endAll)
const requests = Number(process.env['FUZZ_REQUESTS'] ?? (long ? 100_000 : 10_000))
const parallel = 8

const cases = fc.constantFrom(...hooks).chain((hook) => {
  const recorded = recordedOf(hook.contract.hook).map((call) => call.request)
  return fc
    .oneof(
      arbitraryOf(hook.contract.request).map((value) => JSON.stringify(value)),
      ...recorded.flatMap((call) => [mutated(call), broken(call)]),
    )
    .map((body) => ({ hook, body }))
})

it(`${requests} made-up and mutated requests: always an answer that the controller can decode`, async () => {
  const extension = await startBundle()
  const agent = new Agent({ keepAlive: true, ca: await authority() })
  const counts = new Map<string, number>()
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)

  async function check({ hook, body }: { hook: (typeof hooks)[number]; body: string }) {
    const path = handlerPath(hook.contract, hook.name)
    const call = request({ host: '127.0.0.1', port: extension.port, path, method: 'POST', agent })
    const response = once(call, 'response')
    call.end(body)
    const [message] = await response
    const answer = await text(message)
    if (message.statusCode === 500) {
      // The handler's own bug: that request is for its author, the server is well.
      expect(answer).toMatch(
        / handler ".*" (failed|answered what its hook does not allow), see its log$/,
      )
      count(`500 of ${hook.name}`)
      return
    }
    expect(message.statusCode, answer).toBe(200)
    const { error, answer: decoded } = decode(hook.contract, answer)
    expect(error).toBeUndefined()
    count(String(decoded?.['status']))
  }

  const chunk = fc.array(cases, { minLength: parallel, maxLength: parallel, size: 'max' })
  const property = fc.asyncProperty(chunk, (all) => Promise.all(all.map(check)).then(() => {}))
  await fc.assert(property, { numRuns: Math.ceil(requests / parallel), endOnFailure: true })
  agent.destroy()
  console.log(Object.fromEntries(counts), `peak ${extension.memory().peak} MB`)
  expect(await extension.isReady()).toBe(true)
  expect(await extension.metric('capi_runtime_extension_requests_in_flight')).toBe(0)
  extension.child.kill('SIGTERM')
  expect(await extension.exited).toEqual([0, null])
})
