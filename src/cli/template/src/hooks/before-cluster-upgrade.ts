import { defineHook } from 'capi-extension'
import { BeforeClusterUpgrade } from 'capi-extension/hooks'

/** Holds every upgrade while `spec.settings` of the ExtensionConfig says `upgrades: hold`. */
export default defineHook(BeforeClusterUpgrade, ({ settings }) => {
  if (settings['upgrades'] !== 'hold') return
  return { retryAfterSeconds: 60, message: 'Upgrades are on hold' }
})
