import { defineHook } from 'capi-extension'
import { DiscoverVariables } from 'capi-extension/hooks'
import { variables } from '../variables.ts'

export default defineHook(DiscoverVariables, () => ({ variables: variables.definitions }))
