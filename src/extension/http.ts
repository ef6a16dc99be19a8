import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { IncomingCall } from '../request/call.ts'
import type { HttpReply } from '../request/outcome.ts'

/**
 * What Node brings along with a request. Where something else serves, there is nothing.
 *
 * @example
 * ```ts
 * import { createApp, type Environment } from 'capi-extension'
 * import type { Hono } from 'hono'
 *
 * export const app: Hono<Environment> = createApp({ hooks: [] })
 * ```
 */
export interface Environment {
  Bindings: Partial<HttpBindings>
}

/** A call as it came over HTTP. */
export function incomingCall({ env, req }: Context<Environment>): IncomingCall {
  const timeout = req.query('timeout')
  const length = Number(req.header('Content-Length') ?? 0)
  // To read a body from Node itself costs a fraction of what a stream of the fetch API costs.
  const chunks = env?.incoming ?? req.raw.body ?? noChunks()
  return { chunks, length, client: req.raw.signal, ...(timeout !== undefined && { timeout }) }
}

async function* noChunks() {}

const partBytes = 48 * 1024

/** The HTTP response of a reply. */
export function respond(context: Context, { status, body }: HttpReply): Response {
  const type = status === 200 ? 'application/json' : 'text/plain; charset=UTF-8'
  if (Buffer.byteLength(body) <= partBytes)
    return context.body(body, status, { 'Content-Type': type })
  const bytes = Buffer.from(body)
  const headers = { 'Content-Type': type, 'Content-Length': `${bytes.length}` }
  // Node 26 breaks a connection off (HPE_PAUSED) when the next request comes before it has noted that more than 64 KiB of
  // an answer are sent. It notes that between two parts, so that the last part has to be small.
  const parts = ReadableStream.from([bytes.subarray(0, -partBytes), bytes.subarray(-partBytes)])
  return context.body(parts, status, headers)
}
