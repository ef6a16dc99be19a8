import { defineHook } from 'capi-extension'
import { BeforeClusterCreate } from 'capi-extension/hooks'

/** Holds a new Cluster until its namespace has quota left. */
export default defineHook(BeforeClusterCreate, async ({ request, quotaService }) => {
  if ((await quotaService.clustersLeft(request.cluster.metadata.namespace)) > 0) return
  return { retryAfterSeconds: 60, message: 'Waiting for quota' }
})
