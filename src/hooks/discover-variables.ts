import { DiscoverVariables } from '../contract/topology.ts'
import { defineHook } from '../hook.ts'
import { definitions } from '../test-extension/variables.ts'

/** The variables that a Cluster can set for generate-patches. */
export default defineHook(DiscoverVariables, () => ({ variables: definitions }))
