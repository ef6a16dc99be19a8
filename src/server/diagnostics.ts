import type { RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Diagnostics } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { exposition, type Metric } from '../observability/metrics.ts'
import { processMetrics } from '../observability/process-metrics.ts'
import { type Authorize, kubernetesAuthorize, type Verdict } from './authorize.ts'
import { type Listening, servePlain, serveTls, type TlsOptions } from './server.ts'

const path = '/metrics'
const codes = { unauthenticated: 401, forbidden: 403 } as const
const patience = 10_000

/** Serves /metrics as it is asked for, if it is. Rejects with StartError. */
export async function serveDiagnostics(
  diagnostics: Diagnostics,
  tls: TlsOptions,
  metrics: readonly Metric[],
  log: Log,
): Promise<Listening | undefined> {
  if (diagnostics.kind === 'off') {
    log.info('no metrics are served: pass --insecure-diagnostics to serve them to everybody')
    return undefined
  }
  const all = [...metrics, ...processMetrics()]
  const render = () => exposition(all)
  const flag = '--diagnostics-address'
  if (diagnostics.kind === 'insecure')
    return servePlain(diagnosticsListener(render, log), diagnostics, flag)
  const listener = diagnosticsListener(render, log, kubernetesAuthorize(diagnostics.kubeconfig))
  // The certificate of the hooks; who asks has a token and needs no certificate.
  const { clientCa: _, ...ownCertificate } = tls
  return serveTls(listener, { ...ownCertificate, ...diagnostics }, flag, log)
}

/** Answers /metrics, to everybody without `authorize`. */
export function diagnosticsListener(
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
      const verdict = authorize ? await askSoon(authorize, token) : 'allowed'
      if (verdict !== 'allowed') return end(codes[verdict], verdict)
      response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' })
      return response.end(render())
    } catch (error) {
      log.warn({ err: error }, 'metrics were refused: the API server did not say who may read them')
      return end(503, 'the API server did not answer')
    }
  }
}

async function askSoon(authorize: Authorize, token: string | undefined): Promise<Verdict> {
  if (token === undefined) return 'unauthenticated'
  const late = new AbortController()
  const tooLate = async () => {
    await sleep(patience, undefined, { signal: late.signal })
    throw new Error(`no answer within ${patience / 1000} s`)
  }
  const timer = tooLate()
  timer.catch(() => {})
  return Promise.race([authorize(token, path), timer]).finally(() => late.abort())
}
