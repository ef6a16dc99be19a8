import {
  createServer as createHttpServer,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import { reasonOf, StartError } from '../messages/start-error.ts'
import type { Log } from '../observability/log.ts'
import {
  type CertificateFiles,
  type Credentials,
  followCertificate,
  readCredentials,
} from './certificate.ts'
import { readCipherSuites } from './tls.ts'

/** A listening server. */
export interface Listening {
  /** The port, also when port 0 asked for any. */
  readonly port: number
  /**
   * Serves on for these milliseconds and tells each client to close its connection; then takes no new
   * connection and resolves when the running calls have ended, after 30 seconds at the latest.
   */
  close(drain?: number): Promise<void>
}

/** A server with a certificate. */
export interface ListeningWithCertificate extends Listening {
  /** When the certificate in use ends. */
  readonly certificateExpiry: Date
}

/** Where a server listens. */
export interface Address {
  host: string
  port: number
}

/** How a server speaks TLS. */
export interface TlsOptions extends CertificateFiles {
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** OpenSSL's names. */
  ciphers?: string
}

const seconds = 1000
// The longest that a controller waits for an answer.
const longestCall = 30 * seconds
const timeouts = {
  // Above the 90 s for which the controllers keep an idle connection: it is them who close it.
  keepAliveTimeout: 120 * seconds,
  handshakeTimeout: 10 * seconds,
  headersTimeout: 10 * seconds,
  requestTimeout: longestCall,
  connectionsCheckingInterval: 2 * seconds,
}

/**
 * Serves the hooks over HTTPS. Rejects with StartError for a missing or broken certificate and a port
 * that cannot be had.
 *
 * @param reloadInterval Milliseconds between looks at the certificate: a renewed one is taken over.
 */
export async function serveHooks(
  fetch: (request: Request, env: HttpBindings | Http2Bindings) => unknown,
  webhook: Address & TlsOptions,
  log: Log,
  reloadInterval = 10 * seconds,
): Promise<ListeningWithCertificate> {
  let listener: Promise<RequestListener> | undefined
  // It brings Node's fetch along, a quarter of the start: that can wait until the port is open.
  const load = () => {
    listener ??= import('@hono/node-server').then((server) => server.getRequestListener(fetch))
    return listener
  }
  const answer: RequestListener = async (...call) => (await load())(...call)
  const server = await serveTls(answer, webhook, '--webhook-port', log, reloadInterval)
  void load()
  return server
}

/** Serves over HTTPS. Rejects with StartError, which names the flag where the port cannot be had. */
export async function serveTls(
  listener: RequestListener,
  options: Address & TlsOptions,
  flag: string,
  log: Log,
  reloadInterval = 10 * seconds,
): Promise<ListeningWithCertificate> {
  const { minVersion, ciphers = readCipherSuites(''), clientCa } = options
  const credentials = readCredentials(options)
  const clients = clientCa !== undefined && { requestCert: true, rejectUnauthorized: true }
  // Node's own would be a hash of the arguments: 2 ms for the first use of OpenSSL's digests.
  const common = { minVersion, ciphers, sessionIdContext: 'extension' }
  const server = createHttpsServer({ ...timeouts, ...common, ...credentials, ...clients }, listener)
  server.timeout = timeouts.keepAliveTimeout
  const listening = await listen(server, options, flag)
  const use = (renewed: Credentials) => server.setSecureContext({ ...common, ...renewed })
  const certificate = followCertificate(options, credentials, log, use, reloadInterval)
  return {
    port: listening.port,
    get certificateExpiry() {
      return certificate.expiry
    },
    async close(drain) {
      await listening.close(drain)
      certificate.stop()
    },
  }
}

/** Serves over HTTP. Rejects with StartError, which names the flag where the port cannot be had. */
export function servePlain(listener: RequestListener, address: Address, flag: string) {
  return listen(createHttpServer(timeouts, listener), address, flag)
}

/** Serves /healthz, always ok, and /readyz, ok while `isReady` says so. Rejects with StartError. */
export function serveHealth(isReady: () => boolean, address: Address): Promise<Listening> {
  const listener: RequestListener = ({ url = '' }, response) => {
    const [path] = url.split('?')
    if (path !== '/healthz' && path !== '/readyz') {
      response.writeHead(404).end('try /healthz or /readyz')
      return
    }
    const ok = path === '/healthz' || isReady()
    response.writeHead(ok ? 200 : 503).end(ok ? 'ok' : 'not ready')
  }
  return servePlain(listener, address, '--health-addr')
}

async function listen(server: Server, { host, port }: Address, flag: string): Promise<Listening> {
  const running = new Set<ServerResponse>()
  let closing = false
  // Go's client keeps its connections and does not retry a POST on one that closes under it.
  const sayClose = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  server.prependListener('request', (_, response) => {
    running.add(response)
    response.once('close', () => running.delete(response))
    if (closing) sayClose(response)
  })
  const where = `port ${port}${host === '' ? '' : ` of ${host}`}`
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new StartError(
          'code' in error && error.code === 'EADDRINUSE'
            ? `${where} is in use: stop the other process or pass another ${flag}`
            : `cannot listen on ${where}: ${reasonOf(error)} (${flag})`,
        ),
      ),
    )
    server.listen(port, host === '' ? undefined : host, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close(drain = 0) {
      closing = true
      for (const response of running) sayClose(response)
      if (drain > 0) await sleep(drain)
      const closed = new Promise((resolve) => server.close(resolve))
      const timer = setTimeout(() => server.closeAllConnections(), longestCall)
      await closed
      clearTimeout(timer)
    },
  }
}
