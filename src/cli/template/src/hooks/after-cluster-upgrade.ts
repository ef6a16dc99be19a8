import { defineHook } from 'capi-extension'
import { AfterClusterUpgrade } from 'capi-extension/hooks'

/** Says once of each upgrade that it has ended: tell someone. */
export default defineHook(AfterClusterUpgrade, async ({ request, state, log }) => {
  const { cluster, kubernetesVersion: version } = request
  await state(cluster).once(`upgraded-${version}`, () => log.info({ version }, 'upgraded'))
})
