import * as v from 'valibot'
import { checkUpgradePlan } from '../upgrade-plan/check-upgrade-plan.ts'
import { optional, text } from './common.ts'
import { defineContract } from './contract.ts'
import { Cluster } from './objects.ts'

const upgradeSteps = v.optional(v.array(v.strictObject({ version: text })))

/**
 * Used when the ClusterClass sets `spec.upgrade.external.generateUpgradePlanExtension`
 * (api/runtime/hooks/v1alpha1/upgradeplan_types.go). Cached for 10 minutes by Cluster and versions.
 * A plan that the controller would refuse becomes a Failure that names the rule.
 */
export const GenerateUpgradePlan = defineContract({
  hook: 'GenerateUpgradePlan',
  handlerName: 'generate-upgrade-plan',
  summary: 'While an upgrade is due: through which versions control plane and workers go.',
  request: {
    cluster: Cluster,
    fromControlPlaneKubernetesVersion: text,
    fromWorkersKubernetesVersion: optional(text),
    toKubernetesVersion: text,
  },
  response: { controlPlaneUpgrades: upgradeSteps, workersUpgrades: upgradeSteps },
  refuse: (request, response) =>
    checkUpgradePlan(request, {
      controlPlane: (response.controlPlaneUpgrades ?? []).map(({ version }) => version),
      workers: (response.workersUpgrades ?? []).map(({ version }) => version),
    }),
})
