import type { IncomingMessage } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { posix } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import {
  apiVersion,
  type HookContract,
  handlerPath,
  maxBodyBytes,
} from '../../contract/contract.ts'
import type { JsonObject } from '../../json/json.ts'
import { type Finding, finding } from '../../rules/table.ts'
import { type Decoded, decode } from './decode.ts'

/** Where an extension is and how it is trusted: the clientConfig and settings of an ExtensionConfig. */
export interface ClientOptions {
  /** https; a path is put in front of those of the hooks. */
  readonly url: URL
  /** PEM of the authorities that may have signed the server's certificate. */
  readonly ca: string
  /** Settings of the ExtensionConfig; those of a request win key by key. */
  readonly settings: Readonly<Record<string, string>>
}

/** One call and what came back. */
export interface Exchange extends Decoded {
  readonly milliseconds: number
}

/** Calls an extension as Cluster API's client does (internal/runtime/client/client.go). */
export interface HookClient {
  /** Never rejects: what goes wrong is the error of the exchange. */
  call(
    contract: HookContract,
    handler: string | undefined,
    request: JsonObject,
    timeoutSeconds: number,
  ): Promise<Exchange>
  /** Closes the idle connections. */
  close(): void
}

const quoted = 512
const wrongAuthority = 'its certificate is not signed by the given CA'
const explanations: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off before the answer',
  ENOTFOUND: 'no such host',
  EPROTO: 'it does not speak HTTPS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak HTTPS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak HTTPS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate does not name this host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: wrongAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: wrongAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: wrongAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: wrongAuthority,
  CERT_SIGNATURE_FAILURE: wrongAuthority,
}

/** Makes a client with its own keep-alive connections. */
export function createClient({ url, ca, settings }: ClientOptions): HookClient {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 2, ca, minVersion: 'TLSv1.2' })
  return {
    async call(contract, handler, request, timeoutSeconds) {
      const merged = { ...settings, ...(request['settings'] ?? {}) }
      const body = JSON.stringify({
        kind: `${contract.hook}Request`,
        apiVersion,
        ...request,
        ...(handler !== undefined && Object.keys(merged).length > 0 && { settings: merged }),
      })
      const target = new URL(url)
      target.pathname = posix.join(target.pathname, handlerPath(contract, handler))
      target.searchParams.set('timeout', `${timeoutSeconds}s`)

      const signal = AbortSignal.timeout(timeoutSeconds * 1000)
      const start = performance.now()
      const decoded = await post(target, agent, body, signal)
        .then((text) => decode(contract, text))
        .catch((error: unknown) => {
          const late = finding('timeout', `no whole answer within ${timeoutSeconds} s`)
          return { error: signal.aborted ? late : toFinding(error, url), findings: [] }
        })
      return { milliseconds: tenths(performance.now() - start), ...decoded }
    },
    close: () => agent.destroy(),
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

class BadAnswer extends Error {
  readonly finding: Finding
  constructor(reason: Finding) {
    super(reason.detail)
    this.finding = reason
  }
}

function post(url: URL, agent: Agent, body: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    // Go sends no Content-Type, and asks for gzip.
    const headers = { 'Content-Length': Buffer.byteLength(body), 'Accept-Encoding': 'gzip' }
    const call = httpsRequest(url, { method: 'POST', agent, headers, signal }, (response) => {
      readBody(response)
        .then((text) => {
          const { statusCode } = response
          if (statusCode === 200) return resolve(text)
          const start = text.length > quoted ? `${text.slice(0, quoted)}…` : text
          const detail = `HTTP status ${statusCode}: ${start.trim() || 'no body'}`
          reject(new BadAnswer(finding('http-status', detail)))
        })
        .catch(reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}

async function readBody(response: IncomingMessage): Promise<string> {
  const gzip = response.headers['content-encoding'] === 'gzip'
  // The loop below gets the error of either stream.
  const stream = gzip ? pipeline(response, createGunzip(), () => {}) : response
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBodyBytes) throw new BadAnswer(finding('body-size', 'more than 20 MiB'))
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toFinding(error: unknown, url: URL): Finding {
  if (error instanceof BadAnswer) return error.finding
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = explanations[code] ?? (error instanceof Error ? error.message : String(error))
  return finding('no-answer', `${url.origin}: ${reason}${code === '' ? '' : ` (${code})`}`)
}
