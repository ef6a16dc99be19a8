import * as v from 'valibot'
import { BodyError, type IncomingBody, parseBody, readBody, unmarshallingError } from './body.ts'
import { type BodyBudget, callBytes, createBodyBudget, type HeldBody } from './body-budget.ts'
import { DeadlineError, deadlineOf } from './deadline.ts'
import { type Answer, AnswerError, describeIssue, type Hook, respond } from './hook.ts'
import { type Log, subjectOf } from './log.ts'
import type { ResponseStore } from './responses/store.ts'
import { runAs } from './stray-errors.ts'

/** What calls need from outside. */
export interface Dependencies {
  log: Log
  store: ResponseStore
  /** Bytes of bodies that are held at once: without limit unless given. */
  budget?: BodyBudget
}

/** A call of a hook, whatever transport it came by. */
export interface IncomingCall extends IncomingBody {
  /** The query parameter of this name. */
  timeout?: string
  /** Ends with the connection. */
  client: AbortSignal
}

/** What goes back: JSON with status 200, else plain text. */
export interface Reply {
  status: 200 | 500 | 503
  body: string
}

const unlimited = createBodyBudget(Number.POSITIVE_INFINITY)

/** Answers one call. Never rejects: what goes wrong is an answer of its own. */
export async function answerCall(
  hook: Hook,
  call: IncomingCall,
  { log, store, budget = unlimited }: Dependencies,
): Promise<Reply> {
  const started = performance.now()
  const deadline = deadlineOf(call.timeout, call.client)
  const held = budget.open()
  let callLog = log
  try {
    // The text is in no variable, which would keep it until the handler has ended.
    const request = checkRequest(hook, parseBody(await readAdmitted(call, held, deadline.passed)))
    callLog = log.child(subjectOf(request))
    deadline.signal.throwIfAborted()
    const context = { log: callLog.child(callOf(hook)), signal: deadline.signal, store }
    const answer = runAs(callOf(hook), () => hook.run(request, context))
    return answered(hook, callLog, started, await Promise.race([answer, deadline.passed]))
  } catch (error) {
    if (error instanceof BodyError)
      return answered(hook, log, started, failure(hook, error.message))
    if (error instanceof CrowdedError) return { status: 503, body: error.message }
    const fields = { ...callOf(hook), milliseconds: millisecondsSince(started), err: error }
    callLog.error(fields, `SPIKE ${hook.contract.hook} failed`)
    return {
      status: 500,
      body: `${hook.contract.hook} handler "${hook.name}" ${describeBug(error)}`,
    }
  } finally {
    deadline.clear()
    held.release()
  }
}

async function readAdmitted(call: IncomingCall, held: HeldBody, passed: Promise<never>) {
  const crowded = passed.catch(() => Promise.reject(new CrowdedError()))
  crowded.catch(() => {})
  await held.add(callBytes, crowded)
  return readBody(call, held, crowded)
}

/** The deadline came while the call waited for others to end. */
class CrowdedError extends Error {
  override name = 'CrowdedError'
  override message = 'too many calls are in flight: try again'
}

function checkRequest(hook: Hook, request: object): object {
  const { success, issues } = v.safeParse(hook.contract.request, request, { abortEarly: true })
  if (!success) throw unmarshallingError(describeIssue(issues[0]))
  return request
}

const failure = (hook: Hook, message: string) =>
  respond(hook.contract, {}, { status: 'Failure', message })

function answered(hook: Hook, log: Log, started: number, answer: Answer): Reply {
  const { status, retryAfterSeconds, message } = answer
  const milliseconds = millisecondsSince(started)
  log[status === 'Success' ? 'info' : 'warn'](
    { ...callOf(hook), milliseconds, status, retryAfterSeconds, message },
    `SPIKE ${hook.contract.hook} answered`,
  )
  return { status: 200, body: JSON.stringify(answer) }
}

const callOf = (hook: Hook) => ({ hook: hook.contract.hook, handler: hook.name || undefined })

const millisecondsSince = (started: number) => Math.round((performance.now() - started) * 10) / 10

// These words reach the Cluster's conditions: always the same for the same bug.
function describeBug(error: unknown): string {
  if (error instanceof DeadlineError) return 'did not answer in time'
  if (error instanceof AnswerError) return 'answered what its hook does not allow, see its log'
  return 'failed, see its log'
}
