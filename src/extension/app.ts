import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { handlerPath } from '../contract/contract.ts'
import type { Extension } from '../handler/extension.ts'
import type { Hook } from '../handler/hook.ts'
import { answerCall, type Dependencies, type IncomingCall } from '../request/call.ts'
import { discoveryOf } from './discovery.ts'

export type { Dependencies }

// What Node brings along; where something else serves, the request is all there is.
interface Environment {
  Bindings: Partial<HttpBindings>
}

/**
 * The extension as one fetch handler: every hook at its path, and Discovery. Throws StartError when
 * Cluster API would refuse the handlers.
 */
export function createApp(
  { hooks, ...extension }: Extension,
  dependencies: Dependencies,
): Hono<Environment> {
  const app = new Hono<Environment>()
  const serve = (hook: Hook, served: Omit<Extension, 'hooks'>) =>
    app.post(handlerPath(hook.contract, hook.name || undefined), async (c) => {
      const { status, body } = await answerCall(hook, incomingCall(c), served, dependencies)
      const type = status === 200 ? 'application/json' : 'text/plain; charset=UTF-8'
      if (body.length <= largestPart) return c.body(body, status, { 'Content-Type': type })
      const bytes = Buffer.from(body)
      const headers = { 'Content-Type': type, 'Content-Length': `${bytes.length}` }
      return c.body(inParts(bytes), status, headers)
    })
  // Its request has no settings.
  serve(discoveryOf(hooks), {})
  for (const hook of hooks) serve(hook, extension)
  // Nothing gets here but a bug of this file: what handlers do wrong is an answer of answerCall.
  app.onError((error, c) => {
    dependencies.log.error({ err: error }, 'a call failed outside of its handler')
    return c.text('the extension failed, see its log', 500)
  })
  app.notFound((c) => {
    dependencies.metrics?.notFound()
    return c.text(describeUnknown(c, hooks), 404)
  })
  return app
}

const largestPart = 48 * 1024

/**
 * A large answer in two parts, of which the second is small. Node 26 breaks a connection off (HPE_PAUSED) when a request
 * comes before it has noted that more than 64 KiB of the answer before it are sent; it waits for that between parts.
 */
function inParts(bytes: Buffer<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from([bytes.subarray(0, -largestPart), bytes.subarray(-largestPart)])
}

function incomingCall({ env, req }: Context<Environment>): IncomingCall {
  const timeout = req.query('timeout')
  const length = Number(req.header('Content-Length') ?? 0)
  // Read from Node itself, a body costs a fraction of what it does as a stream of the web.
  const chunks = env?.incoming ?? req.raw.body ?? nothing()
  return { chunks, length, client: req.raw.signal, ...(timeout !== undefined && { timeout }) }
}

async function* nothing() {}

function describeUnknown({ req }: Context, hooks: readonly Hook[]): string {
  const known = hooks.map(({ name }) => name).join(', ')
  // The controller quotes 512 characters.
  return `nothing at ${req.method} ${req.path.slice(0, 120)}; handlers: ${known}`.slice(0, 511)
}
