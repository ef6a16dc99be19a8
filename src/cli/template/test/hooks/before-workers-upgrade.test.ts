import { BeforeWorkersUpgrade } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/before-workers-upgrade.ts'

it('lets the workers go to their next version', async () => {
  const answer = await callHook(hook, requestOf(BeforeWorkersUpgrade))
  expect(answer).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})
