import * as v from 'valibot'
import { message, settings, status, text, typeMeta } from './common.ts'

/** API group of every hook (api/runtime/hooks/v1alpha1/groupversion_info.go). */
export const group = 'hooks.runtime.cluster.x-k8s.io'

/** Version of the hook API that this project speaks. */
export const version = 'v1alpha1'

/** `apiVersion` of every request and response. */
export const apiVersion = `${group}/${version}`

/** Largest body, in bytes, that Cluster API's own server and client take (exp/runtime/server). */
export const maxBodyBytes = 20 * 1024 * 1024

/** Seconds that the controller gives a handler which names no `timeoutSeconds`. */
export const defaultTimeoutSeconds = 10

/** The longest that a controller waits for a handler, in seconds. */
export const maxTimeoutSeconds = 30

/** What happens to the Cluster when a handler cannot be reached or breaks: it waits, or it goes on. */
export type FailurePolicy = 'Fail' | 'Ignore'

/**
 * One hook of the Runtime SDK as a value: paths, Discovery, types, the OpenAPI document and the
 * simulator derive from it.
 */
export interface HookContract<Request extends object = object, Response extends object = object> {
  /** Name as Cluster API spells it, for example `BeforeClusterCreate`. */
  readonly hook: string
  /** Handler name used unless a hook module overrides it: that of Cluster API's test extension. */
  readonly handlerName: string
  /** One sentence: when the hook is called and what it is for. */
  readonly summary: string
  /** Whether an answer can hold the Cluster back: its response has `retryAfterSeconds`. */
  readonly blocking: boolean
  /** Loose: fields of a newer Cluster API pass. It checks and never rewrites. */
  readonly request: v.GenericSchema<unknown, Request>
  /** Strict: a field that the hook does not have is an error. */
  readonly response: v.GenericSchema<unknown, Response>
  /** Why the controller could not use a successful answer: it becomes a Failure with this message. */
  refuse?(request: Request, response: Response): string | undefined
}

/** The request type of a contract. */
export type RequestOf<C> = C extends HookContract<infer Request> ? Request : never

/** The response type of a contract. */
export type ResponseOf<C> = C extends HookContract<never, infer Response> ? Response : never

/** The largest `retryAfterSeconds`: an int32 in Go, which reads nothing of an answer with a larger one. */
export const maxRetryAfterSeconds = 2_147_483_647

/** `retryAfterSeconds` of a hook that can block: 0 when it does not, else the wait in seconds. */
export const blocking = {
  retryAfterSeconds: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(maxRetryAfterSeconds),
  ),
}

const commonRequest = { ...typeMeta, settings }
const commonResponse = { apiVersion: v.optional(text), kind: v.optional(text), status, message }

// Flattens what valibot infers, so that a compile error shows plain fields.
type Plain<T> = { [K in keyof T]: T[K] }
type InferRequest<E extends v.ObjectEntries> = Plain<
  v.InferOutput<v.LooseObjectSchema<E & typeof commonRequest, undefined>>
>
type InferResponse<E extends v.ObjectEntries> = Plain<
  v.InferOutput<v.StrictObjectSchema<E & typeof commonResponse, undefined>>
>

/** Makes the contract of one hook out of the fields that only this hook has. */
export function defineContract<
  const Request extends v.ObjectEntries,
  const Response extends v.ObjectEntries,
>(definition: {
  hook: string
  handlerName: string
  summary: string
  request: Request
  response: Response
  refuse?: (request: InferRequest<Request>, response: InferResponse<Response>) => string | undefined
}): HookContract<InferRequest<Request>, InferResponse<Response>> {
  return {
    ...definition,
    blocking: 'retryAfterSeconds' in definition.response,
    request: v.looseObject({ ...commonRequest, ...definition.request }),
    response: v.strictObject({ ...commonResponse, ...definition.response }),
  }
}

/** Path of a handler; Discovery has none of its own and takes no name (api/runtime/catalog). */
export function handlerPath(contract: Pick<HookContract, 'hook'>, name?: string): string {
  const path = `/${apiVersion}/${contract.hook.toLowerCase()}`
  return name === undefined ? path : `${path}/${name}`
}
