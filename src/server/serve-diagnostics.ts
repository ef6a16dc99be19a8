import type { Diagnostics, TlsOptions } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { exposition, type Metric } from '../observability/metrics.ts'
import { processMetrics } from '../observability/process-metrics.ts'
import { kubernetesAuthorize } from './authorize.ts'
import { type Listening, servePlain } from './listen.ts'
import { metricsListener } from './metrics-listener.ts'
import { serveTls } from './serve-tls.ts'

/** Serves /metrics in the way that the configuration asks for; undefined when it asks for none. Rejects with StartError. */
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
    return servePlain(metricsListener(render, log), diagnostics, flag)
  const listener = metricsListener(render, log, kubernetesAuthorize(diagnostics.kubeconfig))
  // The same certificate as for the hooks, but whoever reads metrics proves who it is with a token.
  const { clientCa: _, ...ownCertificate } = tls
  return serveTls(listener, { ...ownCertificate, ...diagnostics }, flag, log)
}
