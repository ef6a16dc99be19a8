import { defineHook } from 'capi-extension'
import { BeforeControlPlaneUpgrade } from 'capi-extension/hooks'

/** Lets the control plane go to its next version. Return `{ retryAfterSeconds, message }` to hold it. */
export default defineHook(BeforeControlPlaneUpgrade, ({ request, log }) => {
  const { fromKubernetesVersion: from, toKubernetesVersion: to } = request
  log.info({ from, to }, 'the control plane goes to its next version')
})
