import { defineHook } from 'capi-extension'
import { AfterControlPlaneInitialized } from 'capi-extension/hooks'

/** Tells the quota service once of each new Cluster. */
export default defineHook(
  AfterControlPlaneInitialized,
  async ({ request, state, quotaService }) => {
    const { namespace, name } = request.cluster.metadata
    await state(request.cluster).once('told', (idempotencyKey) =>
      quotaService.tell(namespace, name, idempotencyKey),
    )
  },
)
