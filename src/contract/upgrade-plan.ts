import * as v from 'valibot'
import { checkUpgradePlan } from '../upgrade-plan/check-upgrade-plan.ts'
import { Cluster } from './cluster.ts'
import { object, optional, text } from './common.ts'
import type { HookContract } from './contract.ts'
import { commonRequest, defineContract, responseSchema } from './define-contract.ts'
import type { NamedFields } from './named-fields.ts'

const request = object({
  ...commonRequest,
  cluster: Cluster,
  fromControlPlaneKubernetesVersion: text,
  /** The lowest version of the workers; missing or empty when there are none. */
  fromWorkersKubernetesVersion: optional(text),
  toKubernetesVersion: text,
})
/** An upgrade that is due: from which versions, to which version. */
export interface GenerateUpgradePlanRequest extends NamedFields<typeof request> {}

const upgradeSteps = v.optional(v.array(v.strictObject({ version: text })))
const response = responseSchema({
  /** In order, without the current version, to the version of the request. */
  controlPlaneUpgrades: upgradeSteps,
  /** Left out, the controller takes the fewest steps that the version skew policy allows. */
  workersUpgrades: upgradeSteps,
})
/** The versions that control plane and workers go through. */
export interface GenerateUpgradePlanResponse extends NamedFields<typeof response> {}

/**
 * Is called while an upgrade is due, where the ClusterClass sets
 * `spec.upgrade.external.generateUpgradePlanExtension`. It cannot block. The controller keeps an answer for 10 minutes, by
 * Cluster and versions. A plan that the controller would refuse leaves a Cluster stuck: it becomes a Failure that names the
 * rule which it breaks. `planUpgrade` of 'capi-extension/upgrade-plan' makes a plan.
 * Cluster API: api/runtime/hooks/v1alpha1/upgrade_plan_types.go.
 *
 * @example
 * ```ts
 * const versions = ['v1.34.8', 'v1.35.5', 'v1.36.4']
 * export default defineHook(GenerateUpgradePlan, ({ request }) => {
 *   const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
 *   const steps = planUpgrade(versions, from, to)
 *   return { controlPlaneUpgrades: steps.map((version) => ({ version })) }
 * })
 * ```
 */
export const GenerateUpgradePlan: HookContract<
  GenerateUpgradePlanRequest,
  GenerateUpgradePlanResponse
> = defineContract({
  hook: 'GenerateUpgradePlan',
  handlerName: 'generate-upgrade-plan',
  summary: 'While an upgrade is due: through which versions control plane and workers go.',
  request,
  response,
  refuse: (upgrade, { controlPlaneUpgrades = [], workersUpgrades = [] }) =>
    checkUpgradePlan(upgrade, {
      controlPlane: controlPlaneUpgrades.map(({ version }) => version),
      workers: workersUpgrades.map(({ version }) => version),
    }),
})
