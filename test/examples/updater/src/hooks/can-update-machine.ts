import { defineHook } from 'capi-extension'
import { CanUpdateMachine } from 'capi-extension/hooks'
import { canUpdateMachine } from 'capi-extension/in-place-update'
import { updatable } from '../updatable.ts'

export default defineHook(CanUpdateMachine, (call) => canUpdateMachine(call, updatable))
