import { defineHook } from 'capi-extension'
import { BeforeClusterUpgrade } from 'capi-extension/hooks'
import { isInside } from '../maintenance-window.ts'

/** Holds an upgrade until the maintenance window of the day. */
export default defineHook(BeforeClusterUpgrade, ({ settings, now }) => {
  if (isInside(settings.maintenanceWindow, now())) return
  return { retryAfterSeconds: 300, message: 'Waiting for the maintenance window' }
})
