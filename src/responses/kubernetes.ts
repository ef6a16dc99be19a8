import type { CoreV1Api } from '@kubernetes/client-node'
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
 * The client is loaded by the first call: it is twenty times the size of all the rest.
 *
 * @param kubeconfig The content of a kubeconfig file.
 */
export function kubernetesConfigMaps(kubeconfig?: string): ConfigMaps {
  let client: Promise<Client> | undefined
  const connect = () => {
    client ??= createClient(kubeconfig)
    return client
  }

  async function call<T>(what: string, use: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await use(await connect())
    } catch (cause) {
      if (cause instanceof StoreError) throw cause
      throw new StoreError(`failed to ${what}: ${reasonOf(cause)}`, { cause })
    }
  }

  /** Reads, and creates what is not there. Another replica may do the same at the same moment. */
  async function readOrCreate({ api }: Client, namespace: string, name: string) {
    const found = await unless(404, api.readNamespacedConfigMap({ namespace, name }))
    if (found) return found
    const body = { metadata: { namespace, name } }
    const created = await unless(409, api.createNamespacedConfigMap({ namespace, body }))
    return created ?? (await api.readNamespacedConfigMap({ namespace, name }))
  }

  return {
    read(namespace, name) {
      return call(`read the ConfigMap ${namespace}/${name}`, async (client) => {
        const { data } = await readOrCreate(client, namespace, name)
        return data ?? {}
      })
    },
    write(namespace, name, data) {
      return call(`update the ConfigMap ${namespace}/${name}`, ({ merge }) =>
        merge(namespace, name, { data }),
      )
    },
    writeOnce(namespace, name, key, value) {
      return call(`update the ConfigMap ${namespace}/${name}`, async (client) => {
        for (let attempt = 0; attempt < attempts; attempt++) {
          const { data, metadata } = await readOrCreate(client, namespace, name)
          const standing = data?.[key]
          if (standing !== undefined) return standing
          // With a resourceVersion the API server refuses when another replica was faster.
          const { resourceVersion } = metadata ?? {}
          const body = { metadata: { resourceVersion }, data: { [key]: value } }
          const written = await unless(
            409,
            client.merge(namespace, name, body).then(() => true),
          )
          if (written) return value
        }
        throw new StoreError(
          `failed to update the ConfigMap ${namespace}/${name}: ${attempts} conflicts in a row`,
        )
      })
    },
  }
}

interface Client {
  api: CoreV1Api
  merge(namespace: string, name: string, body: object): Promise<void>
}

async function createClient(kubeconfig: string | undefined): Promise<Client> {
  const { CoreV1Api, KubeConfig, PatchStrategy, setHeaderOptions } = await import(
    '@kubernetes/client-node'
  )
  const config = new KubeConfig()
  if (kubeconfig === undefined) config.loadFromCluster()
  else config.loadFromString(kubeconfig)
  const api = config.makeApiClient(CoreV1Api)
  return {
    api,
    async merge(namespace, name, body) {
      const options = setHeaderOptions('Content-Type', PatchStrategy.MergePatch)
      await api.patchNamespacedConfigMap({ namespace, name, body }, options)
    },
  }
}

/** The answer, or undefined when the API server answered with this status code. */
async function unless<T>(code: number, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (codeOf(error) === code) return undefined
    throw error
  }
}

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  if (code === undefined) return 'no answer from the API server'
  return reasons[code] ?? `the API server answered ${code}`
}
