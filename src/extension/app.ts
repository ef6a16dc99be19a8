import { type Context, Hono } from 'hono'
import { handlerPath } from '../contract/contract.ts'
import type { Extension } from '../handler/extension.ts'
import type { Hook } from '../handler/hook.ts'
import { closeCall, type IncomingCall, openCall } from '../request/call.ts'
import { checkRequest } from '../request/check-request.ts'
import { type Dependencies, withDefaults } from '../request/dependencies.ts'
import {
  type HttpReply,
  type Outcome,
  outcomeOfAnswer,
  outcomeOfError,
} from '../request/outcome.ts'
import { runHandler } from '../request/run-handler.ts'
import { subjectOf } from '../request/subject.ts'
import { discoveryOf } from './discovery.ts'
import { type Environment, incomingCall, respond } from './http.ts'

/**
 * The extension as one fetch handler, a Hono app: every hook at its path, and Discovery. It serves nothing by itself:
 * {@link serve} binds it to Node's HTTPS server, with health and metrics. Use it where something else serves, or inside
 * of another Hono app. The controllers only call over HTTPS.
 *
 * Throws an Error that names the handler when Cluster API would refuse it: its name is not a DNS label or is there
 * twice, or its timeout is not a whole number from 0 to 30.
 *
 * @param extension The hooks, and `settings` and `context` where the project has them.
 * @param dependencies Everything has a default.
 *
 * @example
 * ```ts
 * import { createApp } from 'capi-extension'
 * import { hooks } from './hooks/index.ts'
 *
 * const app = createApp({ hooks })
 * // Bun and Deno serve the default export of a module when it has the method fetch.
 * export default app
 * ```
 * @example With an API server behind `api` and `state`, and as a part of another app.
 * ```ts
 * import { createApp, openManagementCluster } from 'capi-extension'
 * import { Hono } from 'hono'
 * import { pino } from 'pino'
 * import { hooks } from './hooks/index.ts'
 *
 * const log = pino()
 * const cluster = openManagementCluster('fleet-policy', { kind: 'api-server' }, log)
 * export default new Hono()
 *   .get('/healthz', (c) => c.text('ok'))
 *   .route('/', createApp({ hooks }, { log, cluster }))
 * ```
 */
export function createApp(
  { hooks, ...extension }: Extension,
  dependencies: Dependencies = {},
): Hono<Environment> {
  const all = withDefaults(dependencies)

  /** One call, from its head to its answer: read, check, run, answer. */
  async function answerCall(
    hook: Hook,
    served: Omit<Extension, 'hooks'>,
    incoming: IncomingCall,
  ): Promise<HttpReply> {
    const call = openCall(hook, incoming, all)
    let outcome: Outcome
    try {
      // The text of the body is in no variable, which would keep its memory until the handler has ended.
      const request = checkRequest(hook.contract, await call.body.read())
      call.logFields = { ...subjectOf(request), ...call.logFields }
      const answer = await runHandler(call, request, served, all)
      outcome = outcomeOfAnswer(answer)
    } catch (error) {
      outcome = outcomeOfError(hook, error)
    }
    return closeCall(call, outcome, all)
  }

  const app = new Hono<Environment>()
  const route = (hook: Hook, served: Omit<Extension, 'hooks'>) =>
    app.post(handlerPath(hook.contract, hook.name || undefined), async (context) =>
      respond(context, await answerCall(hook, served, incomingCall(context))),
    )
  // The request of Discovery has no settings.
  route(discoveryOf(hooks), {})
  for (const hook of hooks) route(hook, extension)
  // Only a bug of this package gets here: whatever a handler does wrong is an outcome.
  app.onError((error, context) => {
    all.log.error({ err: error }, 'a call failed outside of its handler')
    return context.text('the extension failed, see its log', 500)
  })
  app.notFound((context) => {
    all.metrics?.notFound()
    return context.text(describeUnknownPath(context, hooks), 404)
  })
  return app
}

function describeUnknownPath({ req }: Context, hooks: readonly Hook[]): string {
  const known = hooks.map(({ name }) => name).join(', ')
  // The controller quotes the first 512 characters.
  return `nothing at ${req.method} ${req.path.slice(0, 120)}; handlers: ${known}`.slice(0, 511)
}
