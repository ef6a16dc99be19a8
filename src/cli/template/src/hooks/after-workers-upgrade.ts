import { defineHook } from 'capi-extension'
import { AfterWorkersUpgrade } from 'capi-extension/hooks'

/** Lets the upgrade go on. Return `{ retryAfterSeconds, message }` to hold the next step. */
export default defineHook(AfterWorkersUpgrade, ({ request, log }) => {
  log.info({ version: request.kubernetesVersion }, 'the workers have a new version')
})
