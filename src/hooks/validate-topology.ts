import { defineHook } from 'capi-extension'
import { ValidateTopology } from 'capi-extension/hooks'

/** Accepts every topology. Return `{ status: 'Failure', message }` to refuse one. */
export default defineHook(ValidateTopology, () => {})
