import { AfterControlPlaneUpgrade } from 'capi-extension/hooks'
import { preloaded } from '../sample/preloaded.ts'

/** Answers what was prepared for the Cluster and this version, and records it. */
export default preloaded(AfterControlPlaneUpgrade, 'kubernetesVersion')
