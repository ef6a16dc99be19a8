import type { Services } from 'capi-extension'
import * as v from 'valibot'
import { windowSchema } from './maintenance-window.ts'
import { createQuotaService } from './quota-service.ts'

export const settings = v.strictObject({
  quotaUrl: v.pipe(v.string(), v.url()),
  /** The Secret of the token, in the namespace of each Cluster. */
  quotaSecret: v.optional(v.string(), 'quota-token'),
  maintenanceWindow: v.optional(windowSchema, '02:00-04:00'),
})

export const context = (services: Services) => ({ quotaService: createQuotaService(services) })

declare module 'capi-extension' {
  interface Register {
    settings: typeof settings
    context: typeof context
  }
}
