import { request as requestPlain } from 'node:http'
import { Agent, type RequestOptions, request as requestSecure } from 'node:https'
import { text } from 'node:stream/consumers'
import { isObject, type JsonObject } from '../json/json.ts'
import { connectionOfKubeconfig, connectionOfPod, type KubernetesConnection } from './connection.ts'

/** The API server answered with another status than 2xx. Its own words stay out: they change, and quote. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: number
  constructor(code: number) {
    super(`the API server answered ${code}`)
    this.code = code
  }
}

/**
 * Calls an API server: the object that it answers. The path is taken as it is. A body that is sent with PATCH is a
 * JSON merge patch. Rejects with ApiError, or with the error of the connection; also when there is no answer after 10
 * seconds, or when the signal ends.
 */
export type KubernetesApi = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: object,
  signal?: AbortSignal,
) => Promise<JsonObject>

const timeoutMilliseconds = 10_000

/**
 * The API server of a kubeconfig, or of the cluster around. Connections are kept.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 */
export function kubernetesApi(kubeconfig?: string): KubernetesApi {
  // A crowd of calls becomes a queue before the API server.
  const kept = new Agent({ keepAlive: true, maxSockets: 16 })
  let connection: Promise<KubernetesConnection> | undefined
  return async (method, path, body, signal) => {
    connection ??=
      kubeconfig === undefined
        ? Promise.resolve(connectionOfPod(process.env))
        : connectionOfKubeconfig(kubeconfig)
    const { server, options } = await connection
    const url = new URL(server + path)
    const timeout = AbortSignal.timeout(timeoutMilliseconds)
    return send(
      url,
      {
        ...(url.protocol === 'https:' && { agent: kept }),
        ...(await options()),
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
  const type = options.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const headers = {
    ...options.headers,
    Accept: 'application/json',
    ...(json !== undefined && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(json) }),
  }
  const request = url.protocol === 'http:' ? requestPlain : requestSecure
  const call = request(url, { ...options, headers })
  try {
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>()
    call.once('error', reject).once('response', async (response) => {
      try {
        const { statusCode = 0 } = response
        const answer = await text(response)
        if (statusCode < 200 || statusCode > 299) throw new ApiError(statusCode)
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
