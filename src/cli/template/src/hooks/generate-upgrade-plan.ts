import { defineHook } from 'capi-extension'
import { GenerateUpgradePlan } from 'capi-extension/hooks'
import { planUpgrade } from 'capi-extension/upgrade-plan'

/** Versions that Clusters go through, one for each minor version: those that your images have. */
const known = ['v1.33.0', 'v1.34.0', 'v1.35.0', 'v1.36.0', 'v1.37.0']

/** Plans the control plane's way to a version; the controller plans that of the workers. */
export default defineHook(GenerateUpgradePlan, ({ request }) => {
  const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
  const rising = [...known, to].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return {
    controlPlaneUpgrades: planUpgrade(rising, from, to).map((version) => ({ version })),
  }
})
