import { defineHook } from 'capi-extension'
import { CanUpdateMachineSet } from 'capi-extension/hooks'
import { canUpdateMachineSet } from 'capi-extension/in-place-update'
import { updatable } from '../updatable.ts'

/** Says which changes of workers update-machine can make. */
export default defineHook(CanUpdateMachineSet, (call) => canUpdateMachineSet(call, updatable))
