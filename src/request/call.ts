import type { Hook } from '../handler/hook.ts'
import type { HandlerReference } from '../observability/handler-reference.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import type { AllDependencies } from './dependencies.ts'
import type { HttpReply, Outcome } from './outcome.ts'
import { type Body, type IncomingBody, openBody } from './read-body.ts'
import { runAs } from './stray-errors.ts'

/** A call of a hook as a transport hands it over. */
export interface IncomingCall extends IncomingBody {
  /** The query parameter `timeout`. */
  timeout?: string
  /** Ends with the connection. */
  client: AbortSignal
}

/** What the steps of one call share. */
export interface OpenCall {
  readonly hook: Hook
  readonly handler: HandlerReference
  readonly startedAt: number
  readonly deadline: Deadline
  readonly body: Body
  /** Fields of all log lines of the call; the step that knows more adds them. */
  logFields: Readonly<Record<string, unknown>>
}

/** Opens a call as soon as its head has arrived. The deadline counts from here, as it does for the controller. */
export function openCall(
  hook: Hook,
  incoming: IncomingCall,
  { budget, metrics }: AllDependencies,
): OpenCall {
  const startedAt = performance.now()
  metrics?.began()
  const handler = { hook: hook.contract.hook, handler: hook.name || undefined }
  const deadline = runAs(handler, () => startDeadline(incoming.timeout, incoming.client))
  const body = openBody(incoming, budget, deadline.passed)
  return { hook, handler, startedAt, deadline, body, logFields: handler }
}

/** Closes a call: frees what it holds, writes its log line, counts it, and gives what goes back. */
export function closeCall(
  { hook, handler, startedAt, deadline, body, logFields }: OpenCall,
  { reply, level, logFields: ownFields, ...result }: Outcome,
  { log, logPrefix, metrics }: AllDependencies,
): HttpReply {
  const milliseconds = performance.now() - startedAt
  deadline.clear()
  body.release()
  log[level](
    { ...logFields, milliseconds: Math.round(milliseconds * 10) / 10, ...ownFields },
    `${logPrefix}${hook.contract.hook} ${level === 'error' ? 'failed' : 'answered'}`,
  )
  const measured = { code: reply.status, seconds: milliseconds / 1000, bodyBytes: body.bytes }
  metrics?.ended(handler, { ...result, ...measured })
  return reply
}
