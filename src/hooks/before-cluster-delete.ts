import { BeforeClusterDelete } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster, and records it. */
export default defineHook(BeforeClusterDelete, (call) =>
  call.store.answer(BeforeClusterDelete, call),
)
