import { AfterControlPlaneInitialized } from 'capi-extension/hooks'
import { preloaded } from '../sample/preloaded.ts'

/** Answers what was prepared for the Cluster, and records it. */
export default preloaded(AfterControlPlaneInitialized)
