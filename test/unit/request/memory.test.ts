import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { BeforeClusterCreate } from '../../../src/contract/lifecycle.ts'
import { createApp } from '../../../src/extension/app.ts'
import { defineHook } from '../../../src/handler/hook.ts'
import { at, body } from '../../support/handlers.ts'
import { silent } from '../../support/silent.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

function heapBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

it('keeps nothing of the text of a body while the handler runs', async () => {
  let heldBytes = Number.POSITIVE_INFINITY
  let before = 0
  const hook = defineHook(
    BeforeClusterCreate,
    async () => {
      await new Promise(setImmediate)
      heldBytes = heapBytes() - before
    },
    { name: 'measures' },
  )
  const app = createApp({ hooks: [hook] }, { log: silent })
  const chunks = ReadableStream.from(
    (function* () {
      yield Buffer.from(body)
      for (let index = 0; index < 300; index++) yield Buffer.alloc(64 * 1024, ' ')
    })(),
  )
  before = heapBytes()
  const request = new Request(`http://a${at('measures')}`, {
    method: 'POST',
    body: chunks,
    duplex: 'half',
  })
  expect((await app.fetch(request)).status).toBe(200)
  // The body has 19 million bytes.
  expect(heldBytes).toBeLessThan(5_000_000)
})
