import { defineHook } from 'capi-extension'
import { CanUpdateMachine } from 'capi-extension/hooks'
import { canUpdateMachine } from 'capi-extension/in-place-update'
import { updatable } from '../sample/updatable.ts'

/** Takes over what `updatable` names; the setting disableInPlaceUpdates "true" makes it nothing. */
export default defineHook(CanUpdateMachine, (call) => {
  if (call.request.settings?.['disableInPlaceUpdates'] === 'true') return
  return canUpdateMachine(call, updatable)
})
