import type { FailurePolicy, HookContract } from '../contract/contract.ts'
import { type Answer, answerOf } from './answer.ts'
import type { Call, Context } from './context.ts'
import type { Reply } from './reply.ts'
import type { Literals, ReplyMistake } from './reply-mistake.ts'

/**
 * A handler, or in its place a sentence that says what is wrong with its reply. While the compiler does not know yet what
 * the handler returns (unknown), it expects a reply, so that it reads 'Failure' as a literal.
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

/**
 * What Discovery tells the controllers about a handler.
 *
 * @example
 * ```ts
 * const options: HookOptions = { name: 'hold-for-quota', timeoutSeconds: 5, failurePolicy: 'Ignore' }
 * export default defineHook(BeforeClusterCreate, () => {}, options)
 * ```
 */
export interface HookOptions {
  /** Name of the handler: a DNS-1123 label, unique in the extension. Unless given, the hook's own, in kebab case. */
  name?: string
  /** How long the controller waits for an answer: whole seconds from 0 to 30. 10 unless given, as 0 means. */
  timeoutSeconds?: number
  /** What the controller does when it gets no answer: `Fail` unless given, which holds the Cluster. */
  failurePolicy?: FailurePolicy
}

/**
 * A hook with its handler. It is only data: a project lists it in its `hooks`, which `serve` and `createApp` take.
 *
 * @example
 * ```ts
 * const hold: Hook = defineHook(BeforeClusterCreate, () => ({ retryAfterSeconds: 60, message: 'Not yet' }))
 * export const hooks: Hook[] = [hold]
 * ```
 */
export interface Hook extends HookOptions {
  readonly contract: HookContract
  readonly name: string
  /**
   * Calls the handler and checks its answer. The request must have passed the schema of the contract.
   * Rejects when the handler throws, and with AnswerError when its answer is not allowed by the contract.
   */
  run(request: object, context: Context): Promise<Answer>
}

/**
 * Defines a hook: a contract of 'capi-extension/hooks' and the handler that answers its calls. A reply that the hook does
 * not allow is a compile error which says why. The handler may be called many times for one event, and by any replica.
 *
 * The handler returns nothing when all is well, fields of the hook's response, `{ retryAfterSeconds, message }` to hold
 * the Cluster where the hook can block, or `{ status: 'Failure', message }` to refuse. What it throws is a bug: 500, the
 * log has the details, and failurePolicy decides.
 *
 * @param handler Gets one argument: the request, the services, and what the `context` of the project adds.
 * @param options Name, timeout and failurePolicy of the handler.
 *
 * @example
 * ```ts
 * import { defineHook } from 'capi-extension'
 * import { BeforeClusterCreate } from 'capi-extension/hooks'
 *
 * export default defineHook(BeforeClusterCreate, async ({ request, signal }) => {
 *   const { namespace } = request.cluster.metadata
 *   const response = await fetch(`https://quota.example.com/${namespace}`, { signal })
 *   if ((await response.text()) !== '0') return
 *   return { retryAfterSeconds: 60, message: 'Waiting for quota' }
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
      // For the compiler, the handler may be a sentence. The request has passed the schema of this contract.
      const run = handler as (call: Call<Request>) => unknown
      const call = { ...context, request: request as Request }
      return answerOf(contract, request, await run(call))
    },
  }
}
