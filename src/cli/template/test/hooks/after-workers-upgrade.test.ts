import { AfterWorkersUpgrade } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/after-workers-upgrade.ts'

it('lets the upgrade go on', async () => {
  const answer = await callHook(hook, requestOf(AfterWorkersUpgrade))
  expect(answer).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})
