import type { RequestListener } from 'node:http'
import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import type { Address, TlsOptions } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { type ListeningWithCertificate, serveTls } from './serve-tls.ts'

/**
 * Serves the hooks over HTTPS. Rejects with StartError for a missing or broken certificate, and for a port that cannot be
 * used.
 *
 * @param reloadIntervalMilliseconds How often the files of the certificate are read again; 10 seconds unless given.
 */
export async function serveHooks(
  fetch: (request: Request, env: HttpBindings | Http2Bindings) => unknown,
  webhook: Address & TlsOptions,
  log: Log,
  reloadIntervalMilliseconds?: number,
): Promise<ListeningWithCertificate> {
  let loading: Promise<RequestListener> | undefined
  // It loads Node's fetch, which takes a quarter of the start. That can wait until the port is open.
  const load = () => {
    loading ??= import('@hono/node-server').then((server) => server.getRequestListener(fetch))
    return loading
  }
  const listener: RequestListener = async (...call) => (await load())(...call)
  const flag = '--webhook-port'
  const server = await serveTls(listener, webhook, flag, log, reloadIntervalMilliseconds)
  void load()
  return server
}
