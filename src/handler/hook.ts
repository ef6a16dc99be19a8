import type { FailurePolicy, HookContract } from '../contract/contract.ts'
import { type Answer, answerOf } from './answer.ts'
import type { Call, Context } from './context.ts'
import type { Reply } from './reply.ts'
import type { Literals, ReplyMistake } from './reply-mistake.ts'

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

/**
 * Joins a hook of the contract with its handler. Path, Discovery and checks follow from the contract; what the hook does not
 * allow as an answer is a compile error that says why.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, async ({ request, quota }) => {
 *   if (await quota.has(request.cluster)) return
 *   return { retryAfterSeconds: 30, message: 'Waiting for quota' }
 * })
 * ```
 */
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
      const call = { ...context, request: request as Request }
      return answerOf(contract, request, await run(call))
    },
  }
}
