import type * as v from 'valibot'
import type { Services } from './context.ts'
import type { Hook } from './hook.ts'

/**
 * What a project is made of.
 *
 * @example
 * ```ts
 * const extension: Extension = {
 *   hooks: [defineHook(BeforeClusterCreate, () => {})],
 *   settings: v.strictObject({ dryRun: v.optional(v.picklist(['true', 'false']), 'false') }),
 * }
 * export default createApp(extension)
 * ```
 */
export interface Extension {
  readonly hooks: readonly Hook[]
  /**
   * Schema of `spec.settings` of the ExtensionConfig, which are texts by name. A setting that does not fit is a Failure
   * that names it, and no handler runs; `v.strictObject` also refuses a name that is misspelt. Unless given, handlers get
   * the texts.
   */
  readonly settings?: v.GenericSchema
  /** Makes what handlers get beside the services, anew for each call. */
  readonly context?: (services: Services) => object | Promise<object>
}
