import { BeforeClusterCreate } from '../contract/lifecycle.ts'
import { defineHook } from '../hook.ts'

/** Answers what was prepared for the Cluster, and records it. */
export default defineHook(BeforeClusterCreate, ({ request, store }) =>
  store.answer(BeforeClusterCreate, request),
)
