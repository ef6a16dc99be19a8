import { AfterClusterUpgrade } from 'capi-extension/hooks'
import { callHook, memoryState, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/after-cluster-upgrade.ts'

it('says of each version once that it was reached', async () => {
  const request = requestOf(AfterClusterUpgrade, { kubernetesVersion: 'v1.36.0' })
  const state = memoryState()
  expect(await callHook(hook, request, { state })).toMatchObject({ status: 'Success' })
  let again = false
  await state(request.cluster).once('upgraded-v1.36.0', () => {
    again = true
  })
  expect(again).toBe(false)
})
