import { defineHook } from 'capi-extension'
import { GenerateUpgradePlan } from 'capi-extension/hooks'
import { planUpgrade } from 'capi-extension/upgrade-plan'

/** Goes only through versions that the ConfigMap allowed-versions lists. */
export default defineHook(GenerateUpgradePlan, async ({ request, api }) => {
  const { namespace } = request.cluster.metadata
  const allowed = await api.get<{ data?: Record<string, string> }>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace,
    name: 'allowed-versions',
  })
  if (!allowed)
    return { status: 'Failure', message: `ConfigMap ${namespace}/allowed-versions is missing` }
  const versions = allowed.data?.['versions']?.split(/\s+/).filter(Boolean) ?? []
  const { fromControlPlaneKubernetesVersion: from, toKubernetesVersion: to } = request
  return { controlPlaneUpgrades: planUpgrade(versions, from, to).map((version) => ({ version })) }
})
