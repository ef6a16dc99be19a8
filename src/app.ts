import { type Context, Hono, type Next } from 'hono'
import * as v from 'valibot'
import { BodyError, parseBody, readBody, unmarshallingError } from './body.ts'
import { handlerPath } from './contract/contract.ts'
import { DeadlineError, deadlineOf } from './deadline.ts'
import { discoveryOf } from './discovery.ts'
import { type Answer, AnswerError, describeIssue, type Hook, respond } from './hook.ts'
import { type Log, subjectOf } from './log.ts'
import type { ResponseStore } from './responses/store.ts'

/** What the app needs from outside. */
export interface Dependencies {
  log: Log
  store: ResponseStore
  /** Calls that run at once; further ones are answered with 503. 1000 unless given. */
  maxInFlight?: number
}

/**
 * The extension as one fetch handler: every hook at its path, and Discovery. Throws StartError when
 * Cluster API would refuse the handlers.
 */
export function createApp(hooks: readonly Hook[], dependencies: Dependencies): Hono {
  const app = new Hono()
  app.use(limitInFlight(dependencies.maxInFlight ?? 1000))
  for (const hook of [discoveryOf(hooks), ...hooks])
    app.post(handlerPath(hook.contract, hook.name || undefined), (c) =>
      answerCall(c, hook, dependencies),
    )
  app.notFound((c) => c.text(describeUnknown(c, hooks), 404))
  return app
}

async function answerCall(c: Context, hook: Hook, { log: parent, store }: Dependencies) {
  const started = performance.now()
  let request: object
  try {
    request = await readRequest(c.req.raw, hook)
  } catch (error) {
    if (!(error instanceof BodyError)) throw error
    const failure = { status: 'Failure', message: error.message }
    return send(c, hook, parent, started, respond(hook.contract, {}, failure))
  }

  const log = parent.child(subjectOf(request))
  const deadline = deadlineOf(c.req.query('timeout'), c.req.raw.signal)
  try {
    const context = { log: log.child(callOf(hook)), signal: deadline.signal, store }
    const answer = await Promise.race([hook.run(request, context), deadline.passed])
    return send(c, hook, log, started, answer)
  } catch (error) {
    const fields = { ...callOf(hook), milliseconds: millisecondsSince(started), err: error }
    log.error(fields, `SPIKE ${hook.contract.hook} failed`)
    return c.text(`${hook.contract.hook} handler "${hook.name}" ${describeBug(error)}`, 500)
  } finally {
    deadline.clear()
  }
}

async function readRequest(raw: Request, hook: Hook): Promise<object> {
  const request = parseBody(await readBody(raw))
  const { success, issues } = v.safeParse(hook.contract.request, request, { abortEarly: true })
  if (!success) throw unmarshallingError(describeIssue(issues[0]))
  return request
}

function send(c: Context, hook: Hook, log: Log, started: number, answer: Answer) {
  const { status, retryAfterSeconds, message } = answer
  const milliseconds = millisecondsSince(started)
  log[status === 'Success' ? 'info' : 'warn'](
    { ...callOf(hook), milliseconds, status, retryAfterSeconds, message },
    `SPIKE ${hook.contract.hook} answered`,
  )
  return c.json(answer)
}

const callOf = (hook: Hook) => ({ hook: hook.contract.hook, handler: hook.name || undefined })

const millisecondsSince = (started: number) => Math.round((performance.now() - started) * 10) / 10

// These words reach the Cluster's conditions: always the same for the same bug.
function describeBug(error: unknown): string {
  if (error instanceof DeadlineError) return 'did not answer in time'
  if (error instanceof AnswerError) return 'answered what its hook does not allow, see its log'
  return 'failed, see its log'
}

function describeUnknown({ req }: Context, hooks: readonly Hook[]): string {
  const known = hooks.map(({ name }) => name).join(', ')
  // The controller quotes 512 characters.
  return `nothing at ${req.method} ${req.path.slice(0, 120)}; handlers: ${known}`.slice(0, 511)
}

function limitInFlight(limit: number) {
  let inFlight = 0
  return async (c: Context, next: Next) => {
    if (inFlight >= limit) return c.text('too many calls are in flight: try again', 503)
    inFlight++
    try {
      return await next()
    } finally {
      inFlight--
    }
  }
}
