import * as v from 'valibot'
import { message, settings, status, text, typeMeta } from './common.ts'
import type { NamedFields } from './named-fields.ts'

/** API group of every hook (api/runtime/hooks/v1alpha1/groupversion_info.go). */
export const group = 'hooks.runtime.cluster.x-k8s.io'

/** Version of the hook API that this package speaks. */
export const version = 'v1alpha1'

/** `apiVersion` of every request and response. */
export const apiVersion = `${group}/${version}`

/** The largest body, in bytes, that Cluster API's own server and client take (exp/runtime/server). */
export const maxBodyBytes = 20 * 1024 * 1024

/** Seconds that the controller gives a handler without `timeoutSeconds`. */
export const defaultTimeoutSeconds = 10

/** The longest time that a controller waits for a handler, in seconds. */
export const maxTimeoutSeconds = 30

/** The largest `retryAfterSeconds`. It is an int32 in Go, which refuses the whole answer when it is larger. */
export const maxRetryAfterSeconds = 2_147_483_647

/**
 * What the controller does when a handler cannot be reached, or answers with an error of HTTP: with `Fail` the Cluster
 * waits, with `Ignore` it goes on. A Failure always counts.
 *
 * @example
 * ```ts
 * const failurePolicy: FailurePolicy = 'Ignore'
 * export default defineHook(AfterControlPlaneInitialized, () => {}, { failurePolicy })
 * ```
 */
export type FailurePolicy = 'Fail' | 'Ignore'

/**
 * One hook of the Runtime SDK as a value. Paths, Discovery, types, the OpenAPI document and the simulator derive from it.
 *
 * @example A function that makes a hook of any contract.
 * ```ts
 * function silentHook(contract: HookContract): Hook {
 *   return defineHook(contract, () => {}, { name: `silent-${contract.handlerName}` })
 * }
 * ```
 */
export interface HookContract<Request extends object = object, Response extends object = object> {
  /** Name as Cluster API spells it, for example `BeforeClusterCreate`. */
  readonly hook: string
  /** Name of its handler unless `defineHook` gets another: the one in Cluster API's test extension. */
  readonly handlerName: string
  /** One sentence: when the hook is called and what it is for. */
  readonly summary: string
  /** Whether an answer can hold the Cluster back: its response has `retryAfterSeconds`. */
  readonly blocking: boolean
  /** Lets unknown fields pass, so that a newer Cluster API can send them. It checks and never rewrites. */
  readonly request: v.GenericSchema<unknown, Request>
  /** Refuses a field that the hook does not have. */
  readonly response: v.GenericSchema<unknown, Response>
  /** Why the controller could not use a successful answer: the answer becomes a Failure with this message. */
  refuse?(request: Request, response: Response): string | undefined
}

/**
 * The request type of a contract.
 *
 * @example
 * ```ts
 * const versionOf = ({ cluster }: RequestOf<typeof BeforeClusterCreate>) => cluster.spec.topology?.version
 * ```
 */
export type RequestOf<C> = C extends { request: v.GenericSchema<unknown, infer Request> }
  ? Request
  : never

/**
 * The response type of a contract.
 *
 * @example
 * ```ts
 * const reply: Reply<ResponseOf<typeof DiscoverVariables>> = { variables: [] }
 * ```
 */
export type ResponseOf<C> = C extends { response: v.GenericSchema<unknown, infer Response> }
  ? Response
  : never

/** Schema of a request, with the fields that all requests have. */
export const requestSchema = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.looseObject({ ...typeMeta, settings, ...entries })

/** Schema of a response, with the fields that all responses have. */
export const responseSchema = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject({
    apiVersion: v.optional(text),
    kind: v.optional(text),
    status,
    message,
    ...entries,
  })

/** Schema of a response that has no fields of its own (CommonResponse in api/runtime/hooks/v1alpha1/common_types.go). */
export const commonResponse = responseSchema({})
/** A response that has no fields of its own. */
export interface CommonResponse extends NamedFields<typeof commonResponse> {}

/** Schema of a response that can hold the Cluster back (CommonRetryResponse, in the same file). */
export const commonRetryResponse = responseSchema({
  /** 0 when the Cluster may go on, else the seconds until the controller asks again. */
  retryAfterSeconds: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(maxRetryAfterSeconds),
  ),
})
/** A response that can hold the Cluster back. */
export interface CommonRetryResponse extends NamedFields<typeof commonRetryResponse> {}

/** Completes the contract of one hook. */
export function defineContract<Request extends object, Response extends object>(
  contract: Omit<HookContract<Request, Response>, 'blocking'> & {
    response: { entries: v.ObjectEntries }
  },
): HookContract<Request, Response> {
  return { ...contract, blocking: 'retryAfterSeconds' in contract.response.entries }
}

/** Path of a handler. Discovery has no handler, and its path no name (api/runtime/catalog). */
export function handlerPath(contract: Pick<HookContract, 'hook'>, name?: string): string {
  const path = `/${apiVersion}/${contract.hook.toLowerCase()}`
  return name === undefined ? path : `${path}/${name}`
}
