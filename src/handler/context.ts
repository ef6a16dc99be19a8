import type * as v from 'valibot'
import type { Api } from '../kubernetes/api.ts'
import type { StateOf } from '../kubernetes/state.ts'
import type { Log } from '../observability/log.ts'

/**
 * What a project adds to its handlers. Declare it beside the two values that `serve` takes, and every handler is typed.
 *
 * @example
 * ```ts
 * export const settings = v.object({ quotaUrl: v.pipe(v.string(), v.url()) })
 * export const context = ({ settings }: Services) => ({ quota: createQuota(settings.quotaUrl) })
 *
 * declare module 'capi-extension' {
 *   interface Register { settings: typeof settings; context: typeof context }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: projects fill it
export interface Register {}

/**
 * What handlers read of `spec.settings` of the ExtensionConfig: the output of the schema that the project registers, else
 * texts by name.
 */
export type Settings = Register extends { settings: infer Schema extends v.GenericSchema }
  ? v.InferOutput<Schema>
  : Readonly<Record<string, string>>

/** What the `context` of the project adds to each call: nothing unless it is registered. */
export type Added = Register extends { context: (services: never) => infer Context }
  ? Awaited<Context>
  : unknown

/**
 * What every handler may use beside the request.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, async ({ request, api, state, settings, now, signal, log }) => {})
 * ```
 */
export interface Services {
  /** Logs with the hook, the handler and the Cluster of this call. */
  readonly log: Log
  /** Ends when the controller has gone, or shortly before it stops waiting: pass it to every fetch. */
  readonly signal: AbortSignal
  /** `spec.settings` of the ExtensionConfig, with those of the ClusterClass patch over them. */
  readonly settings: Settings
  /** Objects of the management cluster. */
  readonly api: Api
  /** Values that last: of a Cluster or a Machine, the same for all replicas. */
  readonly state: StateOf
  /** The time. Tests give their own. */
  readonly now: () => Date
}

/** All that a handler may use beside the request. */
export type Context = Services & Added

/** The one argument of a handler. */
export type Call<Request extends object = object> = Context & {
  /** The request as it was sent: nothing is dropped, defaulted or converted. */
  readonly request: Request
}
