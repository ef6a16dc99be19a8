import * as v from 'valibot'
import { integer, text, typeMeta } from './common.ts'
import { defineContract, maxTimeoutSeconds } from './contract.ts'

/** One handler as Discovery announces it (api/runtime/hooks/v1alpha1/discovery_types.go). */
export const ExtensionHandler = v.strictObject({
  name: text,
  requestHook: v.strictObject({ apiVersion: text, hook: text }),
  timeoutSeconds: v.optional(v.pipe(integer, v.minValue(0), v.maxValue(maxTimeoutSeconds))),
  failurePolicy: v.optional(v.picklist(['Fail', 'Ignore'])),
})
/** One handler as Discovery announces it. */
export interface ExtensionHandler extends v.InferOutput<typeof ExtensionHandler> {}

/** Asks an extension which handlers it has. Answered by discovery.ts; it has no handler and no settings. */
export const Discovery = {
  ...defineContract({
    hook: 'Discovery',
    handlerName: '',
    summary: 'When an ExtensionConfig is registered or changes: which handlers are there.',
    request: {},
    response: { handlers: v.optional(v.array(ExtensionHandler)) },
  }),
  request: v.looseObject(typeMeta),
}
