import { defineHook } from 'capi-extension'
import { BeforeWorkersUpgrade } from 'capi-extension/hooks'

/** Lets the workers go to their next version. Return `{ retryAfterSeconds, message }` to hold them. */
export default defineHook(BeforeWorkersUpgrade, ({ request, log }) => {
  const { fromKubernetesVersion: from, toKubernetesVersion: to } = request
  log.info({ from, to }, 'the workers go to their next version')
})
