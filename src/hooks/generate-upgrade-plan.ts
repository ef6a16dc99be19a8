import { GenerateUpgradePlan } from '../contract/upgrade-plan.ts'
import { defineHook } from '../handler/hook.ts'
import { kubernetesVersionsUpTo } from '../sample/kind-images.ts'
import { planUpgrade } from '../upgrade-plan/plan-upgrade.ts'

/** Goes through the newest known version of each minor version; the controller plans the workers. */
export default defineHook(GenerateUpgradePlan, ({ request }) => {
  const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
  const versions = planUpgrade(kubernetesVersionsUpTo(to), from, to)
  return { controlPlaneUpgrades: versions.map((version) => ({ version })) }
})
