import type { Failure } from '../handler/reply.ts'
import type { FailureMistake, Literals } from '../handler/reply-mistake.ts'
import { isObject } from '../json/json.ts'
import { VariableError } from './check-value.ts'
import type { MatchResources } from './match-resources.ts'
import type { TemplateType } from './template-type.ts'

/** The templates that a function is for. */
export interface FunctionSelector {
  readonly type: TemplateType
  /** Every holder unless given. */
  readonly matchResources?: MatchResources
}

// biome-ignore lint/suspicious/noConfusingVoidType: a function without a return statement is the usual one
type NothingOrFailure = Failure | undefined | void

/** Returns nothing, or a Failure, which becomes the answer to the whole request. */
export type RefusingFunction<Call> = (call: Call) => NothingOrFailure | Promise<NothingOrFailure>

/** What the compiler expects of such a function before it knows what it returns. */
export type Refusal = NothingOrFailure | Literals | Promise<NothingOrFailure | Literals>

/** Such a function, or a sentence in its place that says what is wrong with what it returns. */
export type Refusing<Call, Returned> = [FailureMistake<Awaited<Returned>>] extends [never]
  ? (call: Call) => Returned
  : FailureMistake<Awaited<Returned>>

/** Calls functions in their order until one returns a Failure, and gives its message. */
export async function firstRefusal<Call>(
  noun: string,
  functions: readonly RefusingFunction<Call>[],
  call: Call,
): Promise<string | undefined> {
  for (const run of functions) {
    const result = run(call)
    const failure: unknown = result instanceof Promise ? await result : result
    if (failure === undefined) continue
    const { status, message } = isObject(failure) ? failure : {}
    if (status === 'Failure' && typeof message === 'string' && message !== '') return message
    // It came past the compiler, and must not pass for a yes.
    throw new Error(`a ${noun} function returns nothing or { status: 'Failure', message }`)
  }
  return undefined
}

/** The message of a Failure for a VariableError. Anything else is a bug, and thrown again with where it is. */
export function messageOf(error: unknown, where: string): string {
  if (error instanceof VariableError) return error.message
  throw new Error(`${where}: ${error instanceof Error ? error.message : error}`, { cause: error })
}

/** The Failure that a request is answered with: of several the first by message, since the request's order is random. */
export function failureOf(messages: string[]): Failure | undefined {
  const [message] = messages.sort()
  return message === undefined ? undefined : { status: 'Failure', message }
}
