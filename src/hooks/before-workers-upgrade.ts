import { BeforeWorkersUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster and these versions, and records it. */
export default defineHook(BeforeWorkersUpgrade, (call) =>
  call.store.answer(
    BeforeWorkersUpgrade,
    call,
    call.request.fromKubernetesVersion,
    call.request.toKubernetesVersion,
  ),
)
