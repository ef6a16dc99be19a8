import { request as requestPlain } from 'node:http'
import { Agent, type RequestOptions, request as requestSecure } from 'node:https'
import { text } from 'node:stream/consumers'
import { isObject, type JsonObject } from './json.ts'

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
 * The API server of a kubeconfig, or of the cluster around. Who we are is for the Kubernetes client to say, which the
 * first call loads: it is twenty times the size of all the rest. The requests go by connections that are kept, which
 * version 2.0 of that client does not: it opens one for each, and a call takes four times as long.
 *
 * @param kubeconfig The content of a kubeconfig file; the cluster around unless given.
 */
export function kubernetesApi(kubeconfig?: string): KubernetesApi {
  // A crowd of calls becomes a queue before the API server.
  const kept = new Agent({ keepAlive: true, maxSockets: 16 })
  let config: ReturnType<typeof loadConfig> | undefined
  return async (method, path, body, signal) => {
    config ??= loadConfig(kubeconfig)
    const loaded = await config
    const { server = '', proxyUrl } = loaded.getCurrentCluster() ?? {}
    // The address may have a path of its own, as behind Rancher.
    const url = new URL(server.replace(/\/$/, '') + path)
    const options: RequestOptions = { method, headers: {} }
    await loaded.applyToHTTPSOptions(options)
    if (url.protocol === 'https:' && proxyUrl === undefined) options.agent = kept
    const timeout = AbortSignal.timeout(timeoutMilliseconds)
    options.signal = signal ? AbortSignal.any([timeout, signal]) : timeout
    return send(url, options, body)
  }
}

async function loadConfig(kubeconfig: string | undefined) {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const config = new KubeConfig()
  if (kubeconfig === undefined) config.loadFromCluster()
  else config.loadFromString(kubeconfig)
  return config
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
