import type { Services } from 'capi-extension'
import * as v from 'valibot'
import { createAgent } from './agent.ts'

export const settings = v.strictObject({
  /** Where the agent of each node listens. */
  agentPort: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number)), '7777'),
})

export const context = (services: Services) => ({ agent: createAgent(services) })

declare module 'capi-extension' {
  interface Register {
    settings: typeof settings
    context: typeof context
  }
}
