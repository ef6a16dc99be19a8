import { BeforeControlPlaneUpgrade } from 'capi-extension/hooks'
import { preloaded } from '../sample/preloaded.ts'

/** Answers what was prepared for the Cluster and these versions, and records it. */
export default preloaded(BeforeControlPlaneUpgrade, 'fromKubernetesVersion', 'toKubernetesVersion')
