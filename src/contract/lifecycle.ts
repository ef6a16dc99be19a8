import { Cluster } from './cluster.ts'
import { object, text } from './common.ts'
import type { HookContract } from './contract.ts'
import {
  type CommonResponse,
  type CommonRetryResponse,
  commonRequest,
  commonResponse,
  commonRetryResponse,
  defineContract,
} from './define-contract.ts'
import type { NamedFields } from './named-fields.ts'

// All hooks of this file: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.

const clusterRequest = object({ ...commonRequest, cluster: Cluster })

/** A Cluster that is about to be created. */
export interface BeforeClusterCreateRequest extends NamedFields<typeof clusterRequest> {}

/**
 * Is called before any object of a new Cluster with a topology is created. It can block: nothing is created until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, async ({ request, api }) => {
 *   const { namespace } = request.cluster.metadata
 *   const kind = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' }
 *   const clusters = await api.list({ ...kind, namespace })
 *   if (clusters.length <= 10) return
 *   return { retryAfterSeconds: 60, message: `There are already 10 Clusters in ${namespace}` }
 * })
 * ```
 */
export const BeforeClusterCreate: HookContract<BeforeClusterCreateRequest, CommonRetryResponse> =
  defineContract({
    hook: 'BeforeClusterCreate',
    handlerName: 'before-cluster-create',
    summary:
      'Before any object of a new Cluster is created: wait for quota, a network, an approval.',
    request: clusterRequest,
    response: commonRetryResponse,
  })

/** A Cluster whose control plane can be reached. */
export interface AfterControlPlaneInitializedRequest extends NamedFields<typeof clusterRequest> {}

/**
 * Is called once the control plane of a Cluster with a topology can be reached for the first time, and again until it succeeds. It cannot block, as
 * the only lifecycle hook.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(AfterControlPlaneInitialized, async ({ request, state, signal }) => {
 *   const { name, namespace } = request.cluster.metadata
 *   await state(request.cluster).once('announced', async (idempotencyKey) => {
 *     const body = JSON.stringify({ idempotencyKey, text: `${namespace}/${name} is up` })
 *     await fetch('https://chat.example.com/messages', { method: 'POST', body, signal })
 *   })
 * })
 * ```
 */
export const AfterControlPlaneInitialized: HookContract<
  AfterControlPlaneInitializedRequest,
  CommonResponse
> = defineContract({
  hook: 'AfterControlPlaneInitialized',
  handlerName: 'after-control-plane-initialized',
  summary:
    'Once the control plane is reachable for the first time: install what the Cluster needs.',
  request: clusterRequest,
  response: commonResponse,
})

const afterClusterUpgrade = object({ ...commonRequest, cluster: Cluster, kubernetesVersion: text })

/** A Cluster that has reached `kubernetesVersion`, such as `v1.36.4`. No steps of the upgrade are left. */
export interface AfterClusterUpgradeRequest extends NamedFields<typeof afterClusterUpgrade> {}

/**
 * Is called once for an upgrade, after control plane and workers have reached its last version. It can block: the Cluster
 * takes no other version until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(AfterClusterUpgrade, ({ request, log }) => {
 *   log.info({ version: request.kubernetesVersion }, 'the upgrade is done')
 * })
 * ```
 */
export const AfterClusterUpgrade: HookContract<AfterClusterUpgradeRequest, CommonRetryResponse> =
  defineContract({
    hook: 'AfterClusterUpgrade',
    handlerName: 'after-cluster-upgrade',
    summary: 'After the whole Cluster has reached its version; holds the next upgrade.',
    request: afterClusterUpgrade,
    response: commonRetryResponse,
  })

/** A Cluster that is about to be deleted. */
export interface BeforeClusterDeleteRequest extends NamedFields<typeof clusterRequest> {}

/**
 * Is called when somebody deletes a Cluster with a topology. It can block: nothing is deleted until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterDelete, ({ request }) => {
 *   if (request.cluster.metadata.labels?.['protected'] !== 'true') return
 *   return { retryAfterSeconds: 300, message: 'Take the label "protected" away to delete the Cluster' }
 * })
 * ```
 */
export const BeforeClusterDelete: HookContract<BeforeClusterDeleteRequest, CommonRetryResponse> =
  defineContract({
    hook: 'BeforeClusterDelete',
    handlerName: 'before-cluster-delete',
    summary: 'Before anything of a Cluster is deleted: a backup, a check, a goodbye.',
    request: clusterRequest,
    response: commonRetryResponse,
  })
