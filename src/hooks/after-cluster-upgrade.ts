import { AfterClusterUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../hook.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default defineHook(AfterClusterUpgrade, ({ request, store }) =>
  store.answer(AfterClusterUpgrade, request, request.kubernetesVersion),
)
