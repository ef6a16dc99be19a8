import { Cluster } from './cluster.ts'
import { object, optionalList, text } from './common.ts'
import type { HookContract } from './contract.ts'
import {
  type CommonRetryResponse,
  commonRequest,
  commonRetryResponse,
  defineContract,
} from './define-contract.ts'
import type { NamedFields } from './named-fields.ts'

// The hooks of one upgrade, in their order: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go. The control plane goes
// through every minor version, the workers through as few as the version skew policy allows.

const steps = optionalList(object({ version: text }))
const upgrade = {
  cluster: Cluster,
  /** Versions that the control plane has still to go through. */
  controlPlaneUpgrades: steps,
  /** Versions that the workers have still to go through. */
  workersUpgrades: steps,
}
const before = object({
  ...commonRequest,
  ...upgrade,
  fromKubernetesVersion: text,
  toKubernetesVersion: text,
})
const after = object({ ...commonRequest, ...upgrade, kubernetesVersion: text })

/** A Cluster that is about to go from one version to another, such as `v1.35.8` and `v1.36.4`. */
export interface BeforeClusterUpgradeRequest extends NamedFields<typeof before> {}

/**
 * Is called once for an upgrade, however many versions it goes through, before anything of the Cluster changes. It can
 * block: nothing changes until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterUpgrade, ({ now }) => {
 *   const hour = now().getUTCHours()
 *   if (hour >= 2 && hour < 4) return
 *   return { retryAfterSeconds: 300, message: 'Waiting for the maintenance window, 02:00 to 04:00 UTC' }
 * })
 * ```
 */
export const BeforeClusterUpgrade: HookContract<BeforeClusterUpgradeRequest, CommonRetryResponse> =
  defineContract({
    hook: 'BeforeClusterUpgrade',
    handlerName: 'before-cluster-upgrade',
    summary: 'Before an upgrade of the Cluster begins: check that it may.',
    request: before,
    response: commonRetryResponse,
  })

/** A control plane that is about to go to its next version. */
export interface BeforeControlPlaneUpgradeRequest extends NamedFields<typeof before> {}

/**
 * Is called before each version of the control plane's upgrade plan. It can block: the control plane keeps its version
 * until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeControlPlaneUpgrade, ({ request, log }) => {
 *   const { fromKubernetesVersion: from, toKubernetesVersion: to } = request
 *   log.info({ from, to }, 'the control plane is about to be upgraded')
 * })
 * ```
 */
export const BeforeControlPlaneUpgrade: HookContract<
  BeforeControlPlaneUpgradeRequest,
  CommonRetryResponse
> = defineContract({
  hook: 'BeforeControlPlaneUpgrade',
  handlerName: 'before-control-plane-upgrade',
  summary: 'Before the control plane goes to its next version.',
  request: before,
  response: commonRetryResponse,
})

/** A control plane that has reached `kubernetesVersion`. */
export interface AfterControlPlaneUpgradeRequest extends NamedFields<typeof after> {}

/**
 * Is called after each version of the control plane's upgrade plan. It can block: neither the next version of the control
 * plane nor the upgrade of the workers begins until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(AfterControlPlaneUpgrade, async ({ request, api }) => {
 *   const { name, namespace } = request.cluster.metadata
 *   const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `${name}-add-ons` }
 *   const addOns = await api.get<{ data?: Record<string, string> }>(reference)
 *   if (addOns?.data?.['readyFor'] === request.kubernetesVersion) return
 *   return { retryAfterSeconds: 30, message: `Waiting for the add-ons of ${request.kubernetesVersion}` }
 * })
 * ```
 */
export const AfterControlPlaneUpgrade: HookContract<
  AfterControlPlaneUpgradeRequest,
  CommonRetryResponse
> = defineContract({
  hook: 'AfterControlPlaneUpgrade',
  handlerName: 'after-control-plane-upgrade',
  summary: 'After the control plane has reached a version: hold the next step until add-ons agree.',
  request: after,
  response: commonRetryResponse,
})

/** Workers that are about to go to their next version. */
export interface BeforeWorkersUpgradeRequest extends NamedFields<typeof before> {}

/**
 * Is called before each version of the workers' upgrade plan. It can block: the workers keep their version until it
 * agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeWorkersUpgrade, ({ request }) => {
 *   if (request.cluster.metadata.annotations?.['hold-workers'] === undefined) return
 *   return { retryAfterSeconds: 60, message: 'The annotation "hold-workers" holds the workers' }
 * })
 * ```
 */
export const BeforeWorkersUpgrade: HookContract<BeforeWorkersUpgradeRequest, CommonRetryResponse> =
  defineContract({
    hook: 'BeforeWorkersUpgrade',
    handlerName: 'before-workers-upgrade',
    summary: 'Before the workers go to their next version.',
    request: before,
    response: commonRetryResponse,
  })

/** Workers that have reached `kubernetesVersion`. */
export interface AfterWorkersUpgradeRequest extends NamedFields<typeof after> {}

/**
 * Is called after each version of the workers' upgrade plan. It can block: the next step of the upgrade does not begin
 * until it agrees.
 * Cluster API: api/runtime/hooks/v1alpha1/lifecyclehooks_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(AfterWorkersUpgrade, ({ request, log }) => {
 *   log.info({ left: request.workersUpgrades?.length ?? 0 }, 'the workers have reached a version')
 * })
 * ```
 */
export const AfterWorkersUpgrade: HookContract<AfterWorkersUpgradeRequest, CommonRetryResponse> =
  defineContract({
    hook: 'AfterWorkersUpgrade',
    handlerName: 'after-workers-upgrade',
    summary: 'After the workers have reached a version.',
    request: after,
    response: commonRetryResponse,
  })
