import * as v from 'valibot'
import { apiVersion, type HookContract, maxRetryAfterSeconds } from '../contract/contract.ts'
import { isObject } from '../json/json.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import type { Failure, Reply } from './reply.ts'

/**
 * An answer as it goes over the wire. `retryAfterSeconds` is there for each hook that can block: 0 when it does not.
 *
 * @example
 * ```ts
 * const isBlocked = ({ status, retryAfterSeconds = 0 }: Answer) => status === 'Success' && retryAfterSeconds > 0
 * ```
 */
export interface Answer {
  apiVersion: string
  kind: string
  status: 'Success' | 'Failure'
  message?: string
  retryAfterSeconds?: number
  [field: string]: unknown
}

/** A handler returned what its hook does not allow. The message says what. */
export class AnswerError extends Error {
  override name = 'AnswerError'
}

const stored = new WeakSet<object>()

/**
 * Marks a reply as one that somebody has stored, and that is answered as it is. Unlike a reply that a handler makes, it
 * may block for 0 seconds, and block or fail without a message. Cluster API's test extension answers such replies.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, () => storedReply({ status: 'Success', retryAfterSeconds: 0 }))
 * ```
 */
export function storedReply<Response extends object>(reply: object): Reply<Response> {
  stored.add(reply)
  return reply as Reply<Response>
}

/** The answer for a handler's reply. Throws AnswerError for one that the hook does not allow. */
export function answerOf(contract: HookContract, request: object, reply: unknown): Answer {
  if (reply === undefined) return complete(contract, {})
  if (!isPlainObject(reply))
    throw new AnswerError(
      `a handler returns nothing or a plain object, this one returned ${describe(reply)}`,
    )
  if (!stored.has(reply)) checkOutcome(contract, reply)
  const answer = complete(contract, reply)
  const refusal = answer.status === 'Success' ? contract.refuse?.(request, answer) : undefined
  return refusal === undefined ? answer : failureAnswer(contract, refusal)
}

/** The answer that refuses with a message. */
export function failureAnswer(contract: HookContract, message: string): Answer {
  return complete(contract, { status: 'Failure', message } satisfies Failure)
}

/** Adds the fields that every answer has, and checks the answer against the contract. */
function complete(contract: HookContract, reply: object): Answer {
  const answer = {
    status: 'Success',
    ...(contract.blocking && { retryAfterSeconds: 0 }),
    ...reply,
    apiVersion,
    kind: `${contract.hook}Response`,
  }
  const result = v.safeParse(contract.response, answer, { abortEarly: true })
  if (!result.success) throw new AnswerError(describeIssue(result.issues[0]))
  return result.output as Answer
}

/** Checks that a handler means what its reply says. Throws AnswerError. */
function checkOutcome({ blocking }: HookContract, reply: Record<string, unknown>): void {
  const { status, message, retryAfterSeconds } = reply
  const fails = status === 'Failure'
  const blocks = !fails && retryAfterSeconds !== undefined
  if (blocks && !blocking)
    throw new AnswerError('this hook cannot block: its response has no retryAfterSeconds')
  if (Object.keys(reply).join() === 'message')
    throw new AnswerError(
      "a message alone would go on: with status 'Success' it may, 'Failure' refuses, retryAfterSeconds waits",
    )
  const seconds = Number.isInteger(retryAfterSeconds) ? Number(retryAfterSeconds) : 0
  if (blocks && (seconds < 1 || seconds > maxRetryAfterSeconds))
    throw new AnswerError(
      `retryAfterSeconds is a whole number from 1 to ${maxRetryAfterSeconds}; to go on, a handler leaves it out`,
    )
  if ((fails || blocks) && (typeof message !== 'string' || message.trim() === ''))
    throw new AnswerError(`a ${fails ? 'Failure' : 'block'} needs a message for the users`)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // Object.prototype, also that of another realm. The fields of any other prototype would be lost in JSON.
  return prototype === null || (isObject(prototype) && Object.hasOwn(prototype, 'hasOwnProperty'))
}

// Only the type: the value may be a secret.
function describe(reply: unknown): string {
  if (reply === null) return 'null'
  if (Array.isArray(reply)) return 'a list'
  return typeof reply === 'object' ? 'an object of a class' : `a ${typeof reply}`
}
