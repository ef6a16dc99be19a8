import { type JsonObject, objectAt } from '../json/json.ts'
import { ApiError, kubernetesApi } from '../kubernetes/request.ts'
import { type ConfigMaps, StoreError } from './config-maps.ts'

// The names of metav1.StatusReason: stable words for messages, where the API server's own text is not.
const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  422: 'Invalid',
  429: 'TooManyRequests',
}

const attempts = 5

/**
 * ConfigMaps of an API server, in the cluster that this process runs in or the one of a kubeconfig.
 *
 * @param kubeconfig The content of a kubeconfig file.
 */
export function kubernetesConfigMaps(kubeconfig?: string): ConfigMaps {
  const api = kubernetesApi(kubeconfig)
  const pathOf = (namespace: string, name?: string) =>
    `/api/v1/namespaces/${checkName(namespace)}/configmaps${name === undefined ? '' : `/${checkName(name)}`}`

  /** Reads, and creates what is not there. Another replica may do the same at the same moment. */
  async function open(namespace: string, name: string, signal?: AbortSignal) {
    const read = () => api('GET', pathOf(namespace, name), undefined, signal)
    const body = { metadata: { namespace, name } }
    const create = () => api('POST', pathOf(namespace), body, signal)
    const found = (await unless(404, read())) ?? (await unless(409, create())) ?? (await read())
    return {
      data: dataOf(found),
      resourceVersion: objectAt(found, ['metadata'])?.['resourceVersion'],
    }
  }
  const merge = (namespace: string, name: string, body: object, signal?: AbortSignal) =>
    api('PATCH', pathOf(namespace, name), body, signal)

  return {
    readOrCreate(namespace, name, signal) {
      return asStoreError(`read the ConfigMap ${namespace}/${name}`, async () => {
        const { data } = await open(namespace, name, signal)
        return data
      })
    },
    write(namespace, name, data, signal) {
      return asStoreError(`update the ConfigMap ${namespace}/${name}`, async () => {
        await merge(namespace, name, { data }, signal)
      })
    },
    writeOnce(namespace, name, key, value, signal) {
      return asStoreError(`update the ConfigMap ${namespace}/${name}`, async () => {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const { data, resourceVersion } = await open(namespace, name, signal)
          const standing = data[key]
          if (standing !== undefined) return standing
          // With a resourceVersion the API server refuses when another replica was faster.
          const body = { metadata: { resourceVersion }, data: { [key]: value } }
          if (await unless(409, merge(namespace, name, body, signal))) return value
        }
        throw new StoreError(
          `failed to update the ConfigMap ${namespace}/${name}: ${attempts} conflicts in a row`,
        )
      })
    },
  }
}

// They come with requests: one such as "../secrets" would lead to another place.
function checkName(name: string): string {
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return name
  throw new ApiError(422)
}

async function asStoreError<T>(what: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    throw new StoreError(`failed to ${what}: ${reasonOf(cause)}`, { cause })
  }
}

/** The API server has checked that the values are texts. */
function dataOf(configMap: JsonObject): Record<string, string> {
  const entries = Object.entries(objectAt(configMap, ['data']) ?? {})
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]))
}

/** The answer, or undefined when the API server answered with this status code. */
async function unless<T>(code: number, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ApiError && error.code === code) return undefined
    throw error
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return 'no answer from the API server'
  return reasons[error.code] ?? error.message
}
