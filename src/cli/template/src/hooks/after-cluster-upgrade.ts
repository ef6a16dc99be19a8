import { defineHook } from 'capi-extension'
import { AfterClusterUpgrade } from 'capi-extension/hooks'

/** Announces the end of each upgrade once. Tell someone here. */
export default defineHook(AfterClusterUpgrade, async ({ request, state, log }) => {
  const { cluster, kubernetesVersion: version } = request
  await state(cluster).once(`upgraded-${version}`, () => log.info({ version }, 'upgraded'))
})
