import { type Answer, AnswerError, failureAnswer } from '../handler/answer.ts'
import { SettingsError } from '../handler/create-context.ts'
import type { Hook } from '../handler/hook.ts'
import type { CallResult, FailureReason } from '../observability/extension-metrics.ts'
import { DeadlineError } from './deadline.ts'
import { permissionHint } from './permission.ts'
import { BodyError, OverloadError } from './request-error.ts'

/** What goes back to the controller: JSON with status 200, else plain text. */
export interface HttpReply {
  status: 200 | 500 | 503
  body: string
}

/** How a call ended: what goes back, and what the log and the metrics say of it. */
export interface Outcome extends Pick<CallResult, 'status' | 'reason' | 'blocks'> {
  reply: HttpReply
  level: 'info' | 'warn' | 'error'
  logFields: Readonly<Record<string, unknown>>
}

/** The outcome of an answer: 200, also for a Failure. */
export function outcomeOfAnswer(answer: Answer, reason: FailureReason = 'Failure'): Outcome {
  const { status, retryAfterSeconds, message } = answer
  const isFailure = status === 'Failure'
  return {
    reply: { status: 200, body: JSON.stringify(answer) },
    level: isFailure ? 'warn' : 'info',
    logFields: { status, retryAfterSeconds, message },
    status,
    blocks: (retryAfterSeconds ?? 0) > 0,
    ...(isFailure && { reason }),
  }
}

/**
 * The outcome of an error. A mistake in the request or the settings is a Failure. Anything else is a bug or too much load,
 * and failurePolicy decides.
 */
export function outcomeOfError(hook: Hook, error: unknown): Outcome {
  if (error instanceof BodyError || error instanceof SettingsError) {
    const { cause, message } = error
    const outcome = outcomeOfAnswer(failureAnswer(hook.contract, message), 'BadRequest')
    return cause === undefined
      ? outcome
      : { ...outcome, logFields: { ...outcome.logFields, err: cause } }
  }
  const { httpStatus = 500, reason, text } = describe(hook, error)
  return {
    reply: { status: httpStatus, body: text },
    level: 'error',
    logFields: { err: error, ...permissionHint(error) },
    status: 'Unknown',
    reason,
  }
}

interface Description {
  httpStatus?: 503
  reason: FailureReason
  /** Reaches the conditions of the Cluster: it is always the same for the same bug. */
  text: string
}

function describe({ contract, name }: Hook, error: unknown): Description {
  const handler = `${contract.hook} handler "${name}"`
  if (error instanceof OverloadError)
    return { httpStatus: 503, reason: 'Overload', text: error.message }
  if (error instanceof DeadlineError)
    return { reason: 'Timeout', text: `${handler} did not answer in time` }
  if (error instanceof AnswerError)
    return {
      reason: 'Error',
      text: `${handler} answered what its hook does not allow, see its log`,
    }
  return { reason: 'Error', text: `${handler} failed, see its log` }
}
