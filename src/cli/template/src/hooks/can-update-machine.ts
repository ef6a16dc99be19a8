import { defineHook } from 'capi-extension'
import { CanUpdateMachine } from 'capi-extension/hooks'
import { canUpdateMachine } from 'capi-extension/in-place-update'
import { updatable } from '../updatable.ts'

/** Says which changes of a control plane Machine update-machine can make. */
export default defineHook(CanUpdateMachine, (call) => canUpdateMachine(call, updatable))
