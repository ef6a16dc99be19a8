import { DiscoverVariables } from '../contract/topology.ts'
import { defineHook } from '../handler/hook.ts'
import { definitions } from '../sample/sample-variables.ts'

/** The variables that a Cluster can set for generate-patches. */
export default defineHook(DiscoverVariables, () => ({ variables: definitions }))
