import { AfterClusterUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default defineHook(AfterClusterUpgrade, (call) =>
  call.store.answer(AfterClusterUpgrade, call, call.request.kubernetesVersion),
)
