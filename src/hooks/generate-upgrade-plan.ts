import { defineHook } from 'capi-extension'
import { GenerateUpgradePlan } from 'capi-extension/hooks'
import { planUpgrade } from 'capi-extension/upgrade-plan'
import { kubernetesVersionsUpTo } from '../sample/kind-images.ts'

/** Goes through the newest known version of each minor version; the controller plans the workers. */
export default defineHook(GenerateUpgradePlan, ({ request }) => {
  const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
  const versions = planUpgrade(kubernetesVersionsUpTo(to), from, to)
  return { controlPlaneUpgrades: versions.map((version) => ({ version })) }
})
