import { defineHook } from 'capi-extension'
import { AfterControlPlaneInitialized } from 'capi-extension/hooks'

/** Announces each Cluster once. Tell someone here, or install what a new Cluster needs. */
export default defineHook(AfterControlPlaneInitialized, async ({ request, state, log }) => {
  await state(request.cluster).once('announced', () => log.info('the control plane is there'))
})
