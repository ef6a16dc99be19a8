import { AfterControlPlaneUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default defineHook(AfterControlPlaneUpgrade, (call) =>
  call.store.answer(AfterControlPlaneUpgrade, call, call.request.kubernetesVersion),
)
