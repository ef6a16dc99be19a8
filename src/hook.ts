import * as v from 'valibot'
import { apiVersion, type FailurePolicy, type HookContract } from './contract/contract.ts'
import type { Log } from './log.ts'
import type { StoredResponse } from './responses/preloaded.ts'
import type { ResponseStore } from './responses/store.ts'

/** What a handler may use beside the request. */
export interface Context {
  /** Logs with the hook, the handler and the Cluster of this call. */
  readonly log: Log
  /** Ends when the controller has gone, or shortly before it stops waiting: pass it to every fetch. */
  readonly signal: AbortSignal
  /** Answers prepared by the test of an extension, and the progress of in-place updates. */
  readonly store: ResponseStore
}

/** The one argument of a handler. */
export interface Call<Request extends object = object> extends Context {
  /** The request as it was sent: nothing is dropped, defaulted or converted. */
  readonly request: Request
}

type Common = 'apiVersion' | 'kind' | 'status' | 'message' | 'retryAfterSeconds'

/** The call went well: fields of the hook's response, or nothing. A message is only informative. */
export type Success<Response extends object> = Omit<Response, Common> & {
  status?: 'Success'
  message?: string
  retryAfterSeconds?: never
  /** Keeps a Promise from passing for an answer without fields. */
  then?: never
}

/** An expected no. It reaches the Cluster's conditions and no failurePolicy forgives it. */
export interface Failure {
  status: 'Failure'
  /** Short, deterministic and free of secrets. */
  message: string
  retryAfterSeconds?: never
}

/** Not yet: the controller calls again after so many seconds (at least 1) and shows the message. */
export interface Blocked {
  status?: 'Success'
  retryAfterSeconds: number
  message: string
}

/** What a handler of the hook may return; nothing at all means Success. */
export type Reply<Response extends object> =
  | Success<Response>
  | Failure
  | StoredResponse
  | (Response extends { retryAfterSeconds: number } ? Blocked : never)
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a Success
  | void

// TypeScript lets a function return more fields than its type names: those become `never` here.
type KeysOf<T> = T extends unknown ? keyof T : never
type Exact<R, Response extends object> = R extends object
  ? { [K in Exclude<KeysOf<R>, KeysOf<Reply<Response>>>]: never }
  : unknown

/** What Discovery announces beside the hook; the defaults are those of the contract and of Cluster API. */
export interface HookOptions {
  /** DNS-1123 label, unique in the extension. */
  name?: string
  /** Seconds, 0 to 30; 10 unless given. */
  timeoutSeconds?: number
  /** `Fail` unless given. */
  failurePolicy?: FailurePolicy
}

/** A hook with its handler: inert data until it is listed in hooks/index.ts. */
export interface Hook extends HookOptions {
  readonly contract: HookContract
  readonly name: string
  /**
   * Calls the handler and checks its answer. The request must have passed the contract's schema.
   * Rejects when the handler throws or answers against the contract (AnswerError).
   */
  run(request: object, context: Context): Promise<Answer>
}

/** An answer on the wire. */
export interface Answer {
  apiVersion: string
  kind: string
  status: 'Success' | 'Failure'
  message?: string
  retryAfterSeconds?: number
  [field: string]: unknown
}

/** A handler answered what its hook cannot. */
export class AnswerError extends Error {
  override name = 'AnswerError'
}

/** Joins a hook of the contract with its handler. */
export function defineHook<
  Request extends object,
  Response extends object,
  R extends Reply<Response>,
>(
  contract: HookContract<Request, Response>,
  handler: (call: Call<Request>) => (R & Exact<R, Response>) | Promise<R & Exact<R, Response>>,
  options: HookOptions = {},
): Hook {
  return {
    contract,
    name: contract.handlerName,
    ...options,
    async run(request, context) {
      // app.ts has checked the request against this contract's schema.
      const reply = await handler({ ...context, request: request as Request })
      return respond(contract, request, reply ?? {})
    },
  }
}

/** Completes a reply to the answer on the wire, checked against the contract. */
export function respond(contract: HookContract, request: object, reply: object): Answer {
  const answer = {
    apiVersion,
    kind: `${contract.hook}Response`,
    status: 'Success',
    ...(contract.blocking && { retryAfterSeconds: 0 }),
    ...reply,
  }
  const result = v.safeParse(contract.response, answer, { abortEarly: true })
  if (!result.success) throw new AnswerError(describeIssue(result.issues[0]))
  const refusal =
    answer.status === 'Success' ? contract.refuse?.(request, result.output) : undefined
  if (refusal !== undefined)
    return respond(contract, request, { status: 'Failure', message: refusal })
  // Without the marks that only the process knows, such as that of a stored answer.
  return result.output as Answer
}

/** `cluster.metadata.name: expected string`, never with the value that was found. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return `${path === null ? '' : `${path}: `}${describeExpectation(issue)}`
}

function describeExpectation({ expected, received, type }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'no such field'
  // Where a key is missing, valibot expects the key itself.
  if (received === 'undefined' && expected?.startsWith('"')) return 'required'
  return `expected ${expected ?? type}`
}
