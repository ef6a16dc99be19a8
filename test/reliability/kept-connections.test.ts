import { afterEach, expect, it } from 'vitest'
import { endAll } from '../support/start-extension.ts'
import { startBundle } from './extension.ts'
import { startLoad } from './load.ts'
import { scaled } from './scaled.ts'

afterEach(endAll)

it('calls with answers above 64 KiB share connections, and none fails', async () => {
  const extension = await startBundle()
  const load = await startLoad(extension.port, { request: scaled(100), callers: 10, calls: 500 })
  const { calls, failed, error } = await load.ended
  expect({ calls, failed, error }).toEqual({ calls: 500, failed: 0, error: undefined })
})
