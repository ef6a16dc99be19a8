import type { ManagementClusterConfig } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { type Api, createApi, missingApi } from './api.ts'
import { configMapState } from './config-map-state.ts'
import { memoryApi } from './memory-api.ts'
import { memoryStates } from './memory-state.ts'
import { kubernetesApi } from './request.ts'
import type { StateOf } from './state.ts'

/**
 * The cluster whose objects handlers read and write. What they do ends with the signal of their call.
 *
 * @example
 * ```ts
 * const cluster: ManagementCluster = inMemoryCluster()
 * const api = cluster.api(new AbortController().signal)
 * ```
 */
export interface ManagementCluster {
  api(signal: AbortSignal): Api
  state(signal: AbortSignal): StateOf
}

/**
 * The management cluster of an extension: an API server, memory that is empty at the start, or none. `serve` opens the one
 * that the flags ask for; an app of {@link createApp} gets one as its dependency.
 *
 * @param extension Name of the extension, which its state and its changes to objects carry.
 * @param config With `{ kind: 'api-server' }` the API server of the cluster around the process, or that of a kubeconfig.
 *
 * @example
 * ```ts
 * const log = pino()
 * const cluster = openManagementCluster('fleet-policy', { kind: 'api-server' }, log)
 * export default createApp({ hooks: [defineHook(BeforeClusterCreate, () => {})] }, { log, cluster })
 * ```
 */
export function openManagementCluster(
  extension: string,
  config: ManagementClusterConfig,
  log: Log,
): ManagementCluster {
  if (config.kind === 'memory') {
    log.info('handlers reach no API server: api finds nothing, state is in memory')
    return inMemoryCluster()
  }
  const api =
    config.kind === 'none'
      ? missingApi
      : createApi(kubernetesApi(config.kubeconfig, extension), extension)
  return { api, state: configMapState(api, extension) }
}

/**
 * A management cluster in the memory of the process, empty at the start.
 *
 * @example
 * ```ts
 * const app = createApp({ hooks: [defineHook(BeforeClusterCreate, () => {})] }, { cluster: inMemoryCluster() })
 * ```
 */
export function inMemoryCluster(): ManagementCluster {
  const api = memoryApi()
  return { api: () => api, state: memoryStates() }
}
