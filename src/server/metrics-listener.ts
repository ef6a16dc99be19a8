import type { RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../observability/log.ts'
import type { Authorize, Verdict } from './authorize.ts'

const path = '/metrics'
const codes = { unauthenticated: 401, forbidden: 403 } as const
const apiTimeoutMilliseconds = 10_000

/** Answers GET /metrics: to those whom `authorize` allows it, without it to everybody. */
export function metricsListener(
  render: () => string,
  log: Log,
  authorize?: Authorize,
): RequestListener {
  return async ({ url = '', method, headers }, response) => {
    const end = (code: number, text: string) =>
      response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
    if (url.split('?')[0] !== path || method !== 'GET') return end(404, 'try GET /metrics')
    try {
      const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
      const verdict = authorize ? await judge(authorize, token) : 'allowed'
      if (verdict !== 'allowed') return end(codes[verdict], verdict)
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
      return response.end(render())
    } catch (error) {
      log.warn({ err: error }, 'metrics were refused: the API server did not say who may read them')
      return end(503, 'the API server did not answer')
    }
  }
}

/** The verdict on a token. Rejects when the API server does not give it in time. */
async function judge(authorize: Authorize, token: string | undefined): Promise<Verdict> {
  if (token === undefined) return 'unauthenticated'
  const answered = new AbortController()
  const timeout = async () => {
    await sleep(apiTimeoutMilliseconds, undefined, { signal: answered.signal })
    throw new Error(`no answer within ${apiTimeoutMilliseconds / 1000} s`)
  }
  const timedOut = timeout()
  timedOut.catch(() => {})
  return Promise.race([authorize(token, path), timedOut]).finally(() => answered.abort())
}
