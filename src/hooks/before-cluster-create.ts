import { BeforeClusterCreate } from '../contract/lifecycle.ts'
import { defineHook } from '../handler/hook.ts'

/** Answers what was prepared for the Cluster, and records it. */
export default defineHook(BeforeClusterCreate, (call) =>
  call.store.answer(BeforeClusterCreate, call),
)
