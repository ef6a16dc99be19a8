import { defineHook } from 'capi-extension'
import { BeforeClusterCreate } from 'capi-extension/hooks'

const hold = 'example.com/hold'

/** Holds a new Cluster as long as it has an annotation. */
export default defineHook(BeforeClusterCreate, ({ request }) => {
  if (request.cluster.metadata.annotations?.[hold] === undefined) return
  return { retryAfterSeconds: 30, message: `Waiting for the annotation ${hold} to be removed` }
})
