import { AfterWorkersUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default defineHook(AfterWorkersUpgrade, (call) =>
  call.store.answer(AfterWorkersUpgrade, call, call.request.kubernetesVersion),
)
