import { defineHook } from 'capi-extension'
import { AfterControlPlaneUpgrade } from 'capi-extension/hooks'

/** Lets the upgrade go on. Return `{ retryAfterSeconds, message }` until your add-ons run with the new version. */
export default defineHook(AfterControlPlaneUpgrade, ({ request, log }) => {
  log.info({ version: request.kubernetesVersion }, 'the control plane has a new version')
})
