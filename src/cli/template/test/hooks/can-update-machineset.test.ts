import { CanUpdateMachineSet } from 'capi-extension/hooks'
import { callHook, machineSetOf, requestOf } from 'capi-extension/testing'
import 'capi-extension/testing/vitest'
import { expect, it } from 'vitest'
import hook from '../../src/hooks/can-update-machineset.ts'

it('has Machines of a new version replaced', async () => {
  const desired = machineSetOf({ version: 'v1.37.0' })
  expect(await callHook(hook, requestOf(CanUpdateMachineSet, { desired }))).not.toUpdateInPlace()
})
