import type * as v from 'valibot'
import type { Api } from '../kubernetes/api.ts'
import type { StateOf } from '../kubernetes/state.ts'
import type { Log } from '../observability/log.ts'

/**
 * The types of what a project adds to its handlers. A project declares here the two values that it gives to `serve`, and
 * the handlers of all its hooks have their types.
 *
 * @example
 * ```ts
 * import type { Services } from 'capi-extension'
 * import * as v from 'valibot'
 *
 * export const settings = v.strictObject({ quotaUrl: v.pipe(v.string(), v.url()) })
 * export const context = ({ settings, signal }: Services) => ({
 *   async quotaOf(namespace: string) {
 *     const response = await fetch(new URL(namespace, settings.quotaUrl), { signal })
 *     return Number(await response.text())
 *   },
 * })
 *
 * declare module 'capi-extension' {
 *   interface Register {
 *     settings: typeof settings
 *     context: typeof context
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: projects fill it
export interface Register {}

/**
 * The settings that handlers read, from `spec.settings` of the ExtensionConfig: the output of the schema that the project
 * has registered, or else texts by name.
 *
 * @example
 * ```ts
 * const isDryRun = (settings: Settings) => settings['dryRun'] === 'true'
 * ```
 */
export type Settings = Register extends { settings: infer Schema extends v.GenericSchema }
  ? v.InferOutput<Schema>
  : Readonly<Record<string, string>>

/**
 * What the `context` of the project adds to each call: nothing unless the project has registered it.
 *
 * @example
 * ```ts
 * const call = (context: Services & Added) => context
 * ```
 */
export type Added = Register extends { context: (services: never) => infer Context }
  ? Awaited<Context>
  : unknown

/**
 * What every handler gets with its request, and the `context` of the project, too. All of it is for one call.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterDelete, async ({ request, api, state, settings, now, log }) => {
 *   const { name, namespace } = request.cluster.metadata
 *   const backup = await api.get({ apiVersion: 'example.com/v1', kind: 'Backup', name, namespace })
 *   if (backup?.['done'] === true || settings['backup'] === 'never') return
 *   const asked = await state(request.cluster).update<string>('asked', (time) => time ?? now().toISOString())
 *   log.info({ asked }, 'there is no backup yet')
 *   return { retryAfterSeconds: 60, message: 'Waiting for a backup' }
 * })
 * ```
 */
export interface Services {
  /** Writes lines with the hook, the handler and the Cluster of this call. */
  readonly log: Log
  /** Ends when the controller disconnects, or shortly before it stops waiting. Pass it to every fetch. */
  readonly signal: AbortSignal
  /** `spec.settings` of the ExtensionConfig. Settings of the ClusterClass patch come before them. */
  readonly settings: Settings
  /** Reads and writes objects of the management cluster. */
  readonly api: Api
  /** Keeps values of a Cluster, a Machine or another object, which all replicas share. */
  readonly state: StateOf
  /** The time. Tests give another one. */
  readonly now: () => Date
}

/**
 * All that a handler gets with its request.
 *
 * @example
 * ```ts
 * const wait = ({ log }: Context, message: string) => {
 *   log.info(message)
 *   return { retryAfterSeconds: 60, message }
 * }
 * export default defineHook(BeforeClusterCreate, (call) => wait(call, 'Waiting for quota'))
 * ```
 */
export type Context = Services & Added

/**
 * The one argument of a handler.
 *
 * @example
 * ```ts
 * async function hold({ request, log }: Call<BeforeClusterCreateRequest>) {
 *   log.info(request.cluster.metadata.name)
 *   return { retryAfterSeconds: 60, message: 'Not yet' }
 * }
 * export default defineHook(BeforeClusterCreate, hold)
 * ```
 */
export type Call<Request extends object = object> = Context & {
  /** The request as it was sent. It has passed the schema of the hook, but also holds fields that the schema does not name. */
  readonly request: Request
}
