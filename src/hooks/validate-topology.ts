import { ValidateTopology } from '../contract/topology.ts'
import { defineHook } from '../handler/hook.ts'

/** Accepts every topology. Return `{ status: 'Failure', message }` to refuse one. */
export default defineHook(ValidateTopology, () => {})
