import { defineHook } from 'capi-extension'
import { DiscoverVariables } from 'capi-extension/hooks'
import { variables } from '../variables.ts'

/** Says which variables a Cluster may set. */
export default defineHook(DiscoverVariables, () => ({ variables: variables.definitions }))
