import { CanUpdateMachine } from '../contract/in-place-update.ts'
import { defineHook } from '../handler/hook.ts'
import { canUpdateMachine } from '../in-place-update/can-update.ts'
import { updatable } from '../sample/updatable.ts'

/** Takes over what `updatable` names; the setting disableInPlaceUpdates "true" makes it nothing. */
export default defineHook(CanUpdateMachine, (call) => {
  if (call.request.settings?.['disableInPlaceUpdates'] === 'true') return
  return canUpdateMachine(call, updatable)
})
