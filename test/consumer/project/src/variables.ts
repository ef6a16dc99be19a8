import { defineVariables, variable } from 'capi-extension/topology'
import * as v from 'valibot'

export const variables = defineVariables({
  motd: variable(v.pipe(v.string(), v.regex(/^[ -~]+$/))),
})
