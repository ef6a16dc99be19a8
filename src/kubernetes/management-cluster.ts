import type { ManagementClusterConfig } from '../flags/config.ts'
import type { Log } from '../observability/log.ts'
import { type Api, createApi, missingApi } from './api.ts'
import { configMapState } from './config-map-state.ts'
import { memoryApi } from './memory-api.ts'
import { memoryStates } from './memory-state.ts'
import { kubernetesApi } from './request.ts'
import type { StateOf } from './state.ts'

/** The cluster whose objects handlers read and write. What they do ends with the signal of their call. */
export interface ManagementCluster {
  api(signal: AbortSignal): Api
  state(signal: AbortSignal): StateOf
}

/** What the configuration of an extension says that its handlers reach. */
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

/** A management cluster in memory, empty at the start. */
export function inMemoryCluster(): ManagementCluster {
  const api = memoryApi()
  return { api: () => api, state: memoryStates() }
}
