import { defineHook } from 'capi-extension'
import { BeforeClusterCreate } from 'capi-extension/hooks'

/** Holds a new Cluster until its namespace has room. */
export default defineHook(BeforeClusterCreate, async ({ request, hasRoom }) => {
  if (await hasRoom(request.cluster.metadata.namespace)) return
  return { retryAfterSeconds: 30, message: 'Waiting for quota' }
})
