import { defineHook } from 'capi-extension'
import { BeforeClusterDelete } from 'capi-extension/hooks'

const keep = 'example.com/keep'

/** Keeps a Cluster as long as it has an annotation, although someone has deleted it. */
export default defineHook(BeforeClusterDelete, ({ request }) => {
  if (request.cluster.metadata.annotations?.[keep] === undefined) return
  return { retryAfterSeconds: 30, message: `Kept until the annotation ${keep} is removed` }
})
