import { AfterControlPlaneInitialized } from 'capi-extension/hooks'
import { callHook, memoryState, requestOf } from 'capi-extension/testing'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/after-control-plane-initialized.ts'

it('announces a Cluster once, however often it is called', async () => {
  const request = requestOf(AfterControlPlaneInitialized)
  const state = memoryState()
  for (let call = 0; call < 2; call++)
    expect(await callHook(hook, request, { state })).toMatchObject({ status: 'Success' })
  let again = false
  await state(request.cluster).once('announced', () => {
    again = true
  })
  expect(again).toBe(false)
})
