import * as v from 'valibot'
import { type Answer, AnswerError, failureAnswer } from '../handler/answer.ts'
import { contextOf, type Extension, SettingsError } from '../handler/extension.ts'
import type { Hook } from '../handler/hook.ts'
import type { ManagementCluster } from '../kubernetes/management-cluster.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import type {
  CallResult,
  ExtensionMetrics,
  FailureReason,
} from '../observability/extension-metrics.ts'
import { type Log, subjectOf } from '../observability/log.ts'
import {
  BodyError,
  type IncomingBody,
  OverloadError,
  openBody,
  parseBody,
  unmarshallingError,
} from './body.ts'
import { type BodyBudget, createBodyBudget } from './body-budget.ts'
import { DeadlineError, deadlineOf } from './deadline.ts'
import { permissionHint } from './permission.ts'
import { runAs } from './stray-errors.ts'

/** What calls need from outside. */
export interface Dependencies {
  log: Log
  /** What the log lines of calls begin with: nothing unless given. */
  logPrefix?: string
  /** The management cluster that handlers reach. */
  cluster: ManagementCluster
  /** The time: that of the machine unless given. */
  now?: () => Date
  /** The bytes of bodies that are held at once: without limit unless given. */
  budget?: BodyBudget
  metrics?: ExtensionMetrics
}

/** A call of a hook, whatever transport it came by. */
export interface IncomingCall extends IncomingBody {
  /** The query parameter of this name. */
  timeout?: string
  /** Ends with the connection. */
  client: AbortSignal
}

/** What goes back: JSON with status 200, else plain text. */
export interface HttpReply {
  status: 200 | 500 | 503
  body: string
}

const unlimited = createBodyBudget(Number.POSITIVE_INFINITY)
const clock = () => new Date()

/** Answers one call. Never rejects: what goes wrong is an answer of its own. */
export async function answerCall(
  hook: Hook,
  call: IncomingCall,
  extension: Omit<Extension, 'hooks'>,
  { log, logPrefix = '', cluster, now = clock, budget = unlimited, metrics }: Dependencies,
): Promise<HttpReply> {
  const started = performance.now()
  metrics?.began()
  const handler = nameOf(hook)
  const deadline = runAs(handler, () => deadlineOf(call.timeout, call.client))
  const body = openBody(call, budget, deadline.passed)
  let named: Record<string, unknown> = handler
  const answered = (answer: Answer, reason?: FailureReason): Outcome => {
    const { status, retryAfterSeconds, message } = answer
    log[status === 'Success' ? 'info' : 'warn'](
      { ...named, milliseconds: since(started), status, retryAfterSeconds, message },
      `${logPrefix}${hook.contract.hook} answered`,
    )
    const reply = { status: 200, body: JSON.stringify(answer) } as const
    const blocks = (retryAfterSeconds ?? 0) > 0
    return { reply, status, blocks, ...(status === 'Failure' && { reason: reason ?? 'Failure' }) }
  }

  let outcome: Outcome
  try {
    // The text is in no variable, which would keep it until the handler has ended.
    const request = checkRequest(hook, parseBody(await body.read()))
    named = { ...subjectOf(request), ...named }
    deadline.signal.throwIfAborted()
    const { signal } = deadline
    const services = {
      log: log.child(named),
      signal,
      api: cluster.api(signal),
      state: cluster.state(signal),
      now,
    }
    const answer = runAs(handler, async () =>
      hook.run(request, await contextOf(extension, request, services)),
    )
    outcome = answered(await Promise.race([answer, deadline.passed]))
  } catch (error) {
    if (error instanceof BodyError || error instanceof SettingsError)
      outcome = answered(failureAnswer(hook.contract, error.message), 'BadRequest')
    else {
      const fields = {
        ...named,
        milliseconds: since(started),
        err: error,
        ...permissionHint(error),
      }
      log.error(fields, `${logPrefix}${hook.contract.hook} failed`)
      outcome = describeError(hook, error)
    }
  } finally {
    deadline.clear()
    body.release()
  }
  const { reply, ...rest } = outcome
  metrics?.ended(handler, {
    ...rest,
    code: reply.status,
    seconds: (performance.now() - started) / 1000,
    bodyBytes: body.bytes,
  })
  return reply
}

interface Outcome extends Pick<CallResult, 'status' | 'reason' | 'blocks'> {
  reply: HttpReply
}

function checkRequest(hook: Hook, request: object): object {
  const { success, issues } = v.safeParse(hook.contract.request, request, { abortEarly: true })
  if (!success) throw unmarshallingError(describeIssue(issues[0]))
  return request
}

const nameOf = (hook: Hook) => ({ hook: hook.contract.hook, handler: hook.name || undefined })

const since = (started: number) => Math.round((performance.now() - started) * 10) / 10

// These words reach the Cluster's conditions: always the same for the same bug.
function describeError(hook: Hook, error: unknown): Outcome {
  const failed = (reason: FailureReason, what: string, status: 500 | 503 = 500): Outcome => ({
    reply: { status, body: what },
    status: 'Unknown',
    reason,
  })
  const handler = `${hook.contract.hook} handler "${hook.name}"`
  if (error instanceof OverloadError) return failed('Overload', error.message, 503)
  if (error instanceof DeadlineError) return failed('Timeout', `${handler} did not answer in time`)
  if (error instanceof AnswerError)
    return failed('Error', `${handler} answered what its hook does not allow, see its log`)
  return failed('Error', `${handler} failed, see its log`)
}
