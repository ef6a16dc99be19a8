import { defineHook } from 'capi-extension'
import { CanUpdateMachineSet } from 'capi-extension/hooks'
import { canUpdateMachineSet } from 'capi-extension/in-place-update'
import { updatable } from '../sample/updatable.ts'

/** Takes over what `updatable` names; the setting disableInPlaceUpdates "true" makes it nothing. */
export default defineHook(CanUpdateMachineSet, (call) => {
  if (call.request.settings?.['disableInPlaceUpdates'] === 'true') return
  return canUpdateMachineSet(call, updatable)
})
