import { BeforeControlPlaneUpgrade } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/before-control-plane-upgrade.ts'

it('lets the control plane go to its next version', async () => {
  const answer = await callHook(hook, requestOf(BeforeControlPlaneUpgrade))
  expect(answer).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})
