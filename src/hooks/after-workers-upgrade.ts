import { AfterWorkersUpgrade } from '../contract/lifecycle.ts'
import { defineHook } from '../hook.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default defineHook(AfterWorkersUpgrade, ({ request, store }) =>
  store.answer(AfterWorkersUpgrade, request, request.kubernetesVersion),
)
