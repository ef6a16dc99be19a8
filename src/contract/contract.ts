import type * as v from 'valibot'

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

/** Path of a handler. Discovery has no handler, and its path no name (api/runtime/catalog). */
export function handlerPath(contract: Pick<HookContract, 'hook'>, name?: string): string {
  const path = `/${apiVersion}/${contract.hook.toLowerCase()}`
  return name === undefined ? path : `${path}/${name}`
}
