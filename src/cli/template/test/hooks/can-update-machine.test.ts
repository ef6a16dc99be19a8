import { CanUpdateMachine } from 'capi-extension/hooks'
import { callHook, machineOf, requestOf } from 'capi-extension/testing'
import 'capi-extension/testing/vitest'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/can-update-machine.ts'

it('has Machines of a new version replaced', async () => {
  const desired = machineOf({ version: 'v1.37.0' })
  expect(await callHook(hook, requestOf(CanUpdateMachine, { desired }))).not.toUpdateInPlace()
})
