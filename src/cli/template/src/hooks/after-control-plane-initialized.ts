import { defineHook } from 'capi-extension'
import { AfterControlPlaneInitialized } from 'capi-extension/hooks'

/** Says once of a Cluster that it can be reached: tell someone, or install what it needs. */
export default defineHook(AfterControlPlaneInitialized, async ({ request, state, log }) => {
  await state(request.cluster).once('announced', () => log.info('the control plane is there'))
})
