import { BeforeClusterUpgrade } from 'capi-extension/hooks'
import { callHook, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/before-cluster-upgrade.ts'

it('lets an upgrade begin', async () => {
  const answer = await callHook(hook, requestOf(BeforeClusterUpgrade))
  expect(answer).toMatchObject({ status: 'Success', retryAfterSeconds: 0 })
})

it('holds it while the setting says so', async () => {
  const request = requestOf(BeforeClusterUpgrade, { settings: { upgrades: 'hold' } })
  expect(await callHook(hook, request)).toMatchObject({
    retryAfterSeconds: 60,
    message: 'Upgrades are on hold',
  })
})
