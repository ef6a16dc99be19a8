import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from '../flags/config.ts'
import { reasonOf, StartError } from '../messages/start-error.ts'

/** A server that listens. */
export interface Listening {
  /** The port, also where port 0 asked for any free one. */
  readonly port: number
  /**
   * Tells each client to close its connection, and goes on serving for this time, 0 unless given. Then it takes no new
   * connection, and resolves when the running calls have ended, after 30 seconds at the latest.
   */
  close(serveOnMilliseconds?: number): Promise<void>
}

// The controllers wait no longer for an answer.
const longestCallMilliseconds = 30_000

/** How long the servers wait for clients, in milliseconds. */
export const timeouts = {
  // The controllers keep an idle connection for 90 s. A server that closes it first breaks the call which they send then.
  keepAliveTimeout: 120_000,
  handshakeTimeout: 10_000,
  headersTimeout: 10_000,
  requestTimeout: longestCallMilliseconds,
  connectionsCheckingInterval: 2_000,
}

/** Serves over HTTP. Rejects with StartError that names the flag when the port cannot be used. */
export function servePlain(
  listener: RequestListener,
  address: Address,
  flag: string,
): Promise<Listening> {
  return listen(createServer(timeouts, listener), address, flag)
}

/** Makes a server listen. Rejects with StartError that names the flag when the port cannot be used. */
export async function listen(server: Server, address: Address, flag: string): Promise<Listening> {
  const running = new Set<ServerResponse>()
  let isClosing = false
  // Go's client keeps connections, and does not repeat a POST when its connection closes meanwhile.
  const tellToClose = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  server.prependListener('request', (_, response) => {
    running.add(response)
    response.once('close', () => running.delete(response))
    if (isClosing) tellToClose(response)
  })
  await openPort(server, address, flag)
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : address.port,
    async close(serveOnMilliseconds = 0) {
      isClosing = true
      for (const response of running) tellToClose(response)
      if (serveOnMilliseconds > 0) await sleep(serveOnMilliseconds)
      const closed = new Promise((resolve) => server.close(resolve))
      const timer = setTimeout(() => server.closeAllConnections(), longestCallMilliseconds)
      await closed
      clearTimeout(timer)
    },
  }
}

async function openPort(server: Server, { host, port }: Address, flag: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host === '' ? undefined : host, resolve)
  const where = `port ${port}${host === '' ? '' : ` of ${host}`}`
  try {
    await promise
  } catch (error) {
    const isInUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw new StartError(
      isInUse
        ? `${where} is in use: stop the other process or pass another ${flag}`
        : `cannot listen on ${where}: ${reasonOf(error)} (${flag})`,
    )
  }
}
