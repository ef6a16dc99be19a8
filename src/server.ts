import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createSecureContext } from 'node:tls'
import { getRequestListener } from '@hono/node-server'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { reasonOf, StartError } from './start-error.ts'

/** A listening server. */
export interface Listening {
  /** The port, also when port 0 asked for any. */
  readonly port: number
  /** Takes no new connection and resolves when the running calls have ended. */
  close(): Promise<void>
}

interface Address {
  host: string
  port: number
}

// Above the 90 s for which the controllers keep an idle connection: it is them who close it.
const keepAliveTimeout = 120_000

/**
 * Serves the hooks over HTTPS. Rejects with StartError for a missing or broken certificate and a port
 * that cannot be had.
 *
 * @param reloadInterval Milliseconds between looks at the certificate: a renewed one is taken over.
 */
export async function serveHooks(
  fetch: (request: Request) => Response | Promise<Response>,
  webhook: Config['webhook'],
  log: Log,
  reloadInterval = 10_000,
): Promise<Listening> {
  const { minVersion } = webhook
  let pair = readPair(webhook)
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
  const server = createHttpsServer({ ...pair, minVersion, keepAliveTimeout }, listener)
  const listening = await listen(server, webhook, '--webhook-port')
  const reload = setInterval(() => {
    try {
      const renewed = readPair(webhook)
      if (renewed.cert.equals(pair.cert) && renewed.key.equals(pair.key)) return
      pair = renewed
      server.setSecureContext({ ...pair, minVersion })
      log.info({ certificate: webhook.certificate }, 'took over the renewed certificate')
    } catch (error) {
      log.warn({ err: error }, 'kept the old certificate: the new one cannot be used')
    }
  }, reloadInterval)
  return {
    ...listening,
    close() {
      clearInterval(reload)
      return listening.close()
    },
  }
}

/** Serves /healthz, always ok, and /readyz, ok while `isReady` says so. Rejects with StartError. */
export function serveHealth(isReady: () => boolean, address: Address): Promise<Listening> {
  const server = createHttpServer(({ url = '' }, response) => {
    const [path] = url.split('?')
    if (path !== '/healthz' && path !== '/readyz') {
      response.writeHead(404).end('try /healthz or /readyz')
      return
    }
    const ok = path === '/healthz' || isReady()
    response.writeHead(ok ? 200 : 503).end(ok ? 'ok' : 'not ready')
  })
  return listen(server, address, '--health-addr')
}

function readPair({ certificate, key }: Config['webhook']) {
  const pair = { cert: read(certificate), key: read(key) }
  try {
    // Throws for what is no certificate, and for a key of another one.
    createSecureContext(pair)
  } catch (error) {
    throw new StartError(
      `${certificate} and ${key} are no certificate and its key: ${reasonOf(error)}`,
    )
  }
  return pair
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new StartError(
      `cannot read ${path}: ${reasonOf(error)}; mount the certificate there or pass --webhook-cert-dir ("npm run dev" makes one)`,
    )
  }
}

async function listen(server: Server, { host, port }: Address, flag: string): Promise<Listening> {
  const running = new Set<ServerResponse>()
  server.prependListener('request', (_, response) => {
    running.add(response)
    response.once('close', () => running.delete(response))
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Go's client keeps its connections and does not retry a POST on one that closes under it.
        for (const response of running)
          if (!response.headersSent) response.setHeader('Connection', 'close')
      }),
  }
}
