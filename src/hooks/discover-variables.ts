import { defineHook } from 'capi-extension'
import { DiscoverVariables } from 'capi-extension/hooks'
import { definitions } from '../sample/sample-variables.ts'

/** The variables that a Cluster can set for generate-patches. */
export default defineHook(DiscoverVariables, () => ({ variables: definitions }))
