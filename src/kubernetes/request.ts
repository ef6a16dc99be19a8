import { request as requestPlain } from 'node:http'
import { Agent, type RequestOptions, request as requestSecure } from 'node:https'
import { text } from 'node:stream/consumers'
import { isObject, type JsonObject } from '../json/json.ts'
import { connectionOfKubeconfig, connectionOfPod, type KubernetesConnection } from './connection.ts'

/**
 * The API server refused, or gave no answer.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, async ({ request, api }) => {
 *   const { namespace } = request.cluster.metadata
 *   try {
 *     await api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'quota', namespace } })
 *     return
 *   } catch (error) {
 *     if (!(error instanceof ApiError) || error.code !== 403) throw error
 *     return { status: 'Failure', message: error.message }
 *   }
 * })
 * ```
 */
export class ApiError extends Error {
  override name = 'ApiError'
  /** The HTTP status of the answer; 0 when there was none. */
  readonly code: number
  /** The body of the answer, a metav1.Status. It is for the log: its message changes, and quotes values. */
  readonly status: JsonObject
  constructor(
    code: number,
    { message = `the API server answered ${code}`, status = {}, cause }: ApiErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.status = status
  }
}

interface ApiErrorOptions {
  message?: string
  status?: JsonObject
  cause?: unknown
}

/**
 * Calls an API server: the object that it answers. The path is taken as it is. A body that is sent with PATCH is a
 * JSON merge patch unless the content type says otherwise. Rejects with ApiError, or with the error of the connection;
 * also when there is no answer after 10 seconds, or when the signal ends.
 */
export type KubernetesApi = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
  signal?: AbortSignal,
  contentType?: string,
) => Promise<JsonObject>

const timeoutMilliseconds = 10_000

/**
 * The API server of a kubeconfig, or of the cluster around. Connections are kept.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 * @param userAgent What the audit log of the API server calls this program.
 */
export function kubernetesApi(kubeconfig?: string, userAgent = 'capi-extension'): KubernetesApi {
  // A crowd of calls becomes a queue before the API server.
  const kept = new Agent({ keepAlive: true, maxSockets: 16 })
  let connection: Promise<KubernetesConnection> | undefined
  return async (method, path, body, signal, contentType) => {
    connection ??=
      kubeconfig === undefined
        ? Promise.resolve(connectionOfPod(process.env))
        : connectionOfKubeconfig(kubeconfig)
    const { server, options } = await connection
    const url = new URL(server + path)
    const timeout = AbortSignal.timeout(timeoutMilliseconds)
    const authenticated = await options()
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    return send(
      url,
      {
        ...(url.protocol === 'https:' && { agent: kept }),
        ...authenticated,
        headers: {
          ...authenticated.headers,
          'User-Agent': userAgent,
          ...(body && { 'Content-Type': contentType ?? type }),
        },
        method,
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      },
      body,
    )
  }
}

async function send(
  url: URL,
  options: RequestOptions,
  body?: object,
  again = true,
): Promise<JsonObject> {
  const json = body && JSON.stringify(body)
  const headers = {
    ...options.headers,
    Accept: 'application/json',
    ...(json !== undefined && { 'Content-Length': Buffer.byteLength(json) }),
  }
  const request = url.protocol === 'http:' ? requestPlain : requestSecure
  const call = request(url, { ...options, headers })
  try {
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>()
    call.once('error', reject).once('response', async (response) => {
      try {
        const { statusCode = 0 } = response
        const answer = await text(response)
        if (statusCode < 200 || statusCode > 299)
          throw new ApiError(statusCode, { status: parse(answer) })
        const object: unknown = JSON.parse(answer)
        resolve(isObject(object) ? object : {})
      } catch (error) {
        reject(error)
      }
    })
    call.end(json)
    return await promise
  } catch (error) {
    // The API server closed a kept connection at the same moment. All that is asked of it may be asked twice.
    const closed = error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
    if (again && closed && call.reusedSocket) return send(url, options, body, false)
    throw error
  }
}

/** The object of a refusal, which may be plain text as well. */
function parse(answer: string): JsonObject {
  try {
    const object: unknown = JSON.parse(answer)
    return isObject(object) ? object : {}
  } catch {
    return {}
  }
}
