import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Logger, pino } from 'pino'
import { apiVersion } from '../../src/contract/contract.ts'
import { ensureCertificates } from '../../src/dev/certificate-directory.ts'
import { createApp } from '../../src/extension/app.ts'
import type { Hook } from '../../src/handler/hook.ts'
import { inMemoryCluster } from '../../src/kubernetes/management-cluster.ts'
import type { Dependencies } from '../../src/request/dependencies.ts'
import { serveHooks } from '../../src/server/serve-hooks.ts'

/** A line of the log. */
export type Line = Record<string, unknown>

/** What came back over the wire; `body` is undefined when it is no JSON. */
export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  body?: Record<string, unknown>
}

/** What a call sends beside its body; the controllers send no Content-Type. */
export interface Options {
  method?: string
  headers?: Record<string, string>
}

/** The answer to a call of BeforeClusterCreate that went well, without its retryAfterSeconds. */
export const success = { apiVersion, kind: 'BeforeClusterCreateResponse', status: 'Success' }

/** The answer to a call of BeforeClusterCreate that failed. */
export const failure = (message: string) => ({
  ...success,
  status: 'Failure',
  retryAfterSeconds: 0,
  message,
})

/** Serves hooks over real HTTPS on a free port of the loopback interface. */
export async function serve(hooks: readonly Hook[], dependencies: Partial<Dependencies> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'serve-'))
  await ensureCertificates(directory)
  const ca = readFileSync(join(directory, 'ca.crt'))
  const lines: Line[] = []
  const log: Logger = pino({ base: null }, { write: (line) => lines.push(JSON.parse(line)) })
  const cluster = inMemoryCluster()
  const app = createApp({ hooks }, { log, cluster, ...dependencies })
  const { port, close } = await serveHooks(
    app.fetch,
    {
      host: '127.0.0.1',
      port: 0,
      certificate: join(directory, 'tls.crt'),
      key: join(directory, 'tls.key'),
      minVersion: 'TLSv1.2',
    },
    log,
  )
  const call = async (path: string, body: string, options: Options = {}): Promise<Reply> => {
    const message = request({ host: '127.0.0.1', port, path, ca, method: 'POST', ...options })
    // The server may answer and close before it has read all of a body that is too large.
    message.on('error', () => {})
    message.end(body)
    const [response] = await once(message, 'response')
    const content = await text(response)
    const reply = { status: response.statusCode, headers: response.headers, text: content }
    return content.startsWith('{') ? { ...reply, body: JSON.parse(content) } : reply
  }
  return { call, ca, port, lines, close }
}
