import * as v from 'valibot'
import { integer, object, text, typeMeta } from './common.ts'
import { maxTimeoutSeconds } from './contract.ts'
import { defineContract, responseSchema } from './define-contract.ts'
import type { NamedFields } from './named-fields.ts'

const extensionHandler = v.strictObject({
  name: text,
  requestHook: v.strictObject({ apiVersion: text, hook: text }),
  timeoutSeconds: v.optional(v.pipe(integer, v.minValue(0), v.maxValue(maxTimeoutSeconds))),
  failurePolicy: v.optional(v.picklist(['Fail', 'Ignore'])),
})
/**
 * One handler as Discovery announces it.
 *
 * @example
 * ```ts
 * const handler: ExtensionHandler = {
 *   name: 'before-cluster-create',
 *   requestHook: { apiVersion: 'hooks.runtime.cluster.x-k8s.io/v1alpha1', hook: 'BeforeClusterCreate' },
 * }
 * ```
 */
export interface ExtensionHandler extends NamedFields<typeof extensionHandler> {}
/** Checks an ExtensionHandler. */
export const ExtensionHandler: v.GenericSchema<unknown, ExtensionHandler> = extensionHandler

/**
 * Asks an extension which handlers it has. The package answers it: it has no handler and no settings.
 * Cluster API: api/runtime/hooks/v1alpha1/discovery_types.go.
 */
export const Discovery = defineContract({
  hook: 'Discovery',
  handlerName: '',
  summary: 'When an ExtensionConfig is registered or changes: which handlers are there.',
  request: object(typeMeta),
  response: responseSchema({ handlers: v.optional(v.array(ExtensionHandler)) }),
})
