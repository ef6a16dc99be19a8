import { BeforeControlPlaneUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster and these versions, and records it. */
export default defineHook(BeforeControlPlaneUpgrade, (call) =>
  call.store.answer(
    BeforeControlPlaneUpgrade,
    call,
    call.request.fromKubernetesVersion,
    call.request.toKubernetesVersion,
  ),
)
