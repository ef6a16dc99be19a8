import type { FailurePolicy, HookContract } from '../contract/contract.ts'
import type { Log } from '../observability/log.ts'
import type { ResponseStore } from '../sample/response-store.ts'
import { type Answer, answerOf } from './answer.ts'
import type { Reply } from './reply.ts'
import type { Literals, ReplyMistake } from './reply-mistake.ts'

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

/**
 * A handler, or a sentence in its place that says what is wrong with its reply. While the compiler does not know yet
 * what the handler returns (unknown), it expects a reply, so that it reads 'Failure' as a literal.
 */
type Handler<Request extends object, Response extends object, Returned> = [
  ReplyMistake<Awaited<Returned>, Response>,
] extends [never]
  ? (call: Call<Request>) => unknown extends Awaited<Returned> ? Expected<Response> : Returned
  : ReplyMistake<Awaited<Returned>, Response>

type Expected<Response extends object> =
  | Reply<Response>
  | Literals
  | Promise<Reply<Response> | Literals>

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

/** Joins a hook of the contract with its handler. */
export function defineHook<Request extends object, Response extends object, Returned>(
  contract: HookContract<Request, Response>,
  handler: Handler<Request, Response, Returned>,
  options: HookOptions = {},
): Hook {
  return {
    contract,
    name: contract.handlerName,
    ...options,
    async run(request, context) {
      // The compiler cannot call what may be a sentence; the request has passed this contract's schema.
      const run = handler as (call: Call<Request>) => unknown
      return answerOf(contract, request, await run({ ...context, request: request as Request }))
    },
  }
}
