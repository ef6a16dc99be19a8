import { AfterControlPlaneInitialized } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster, and records it. */
export default defineHook(AfterControlPlaneInitialized, (call) =>
  call.store.answer(AfterControlPlaneInitialized, call),
)
