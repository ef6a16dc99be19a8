import { defineVariables, variable } from 'capi-extension/topology'
import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1))
const url = v.pipe(v.string(), v.url())

export const variables = defineVariables({
  proxy: variable(v.object({ http: url, https: url, no: v.optional(v.array(text)) })),
  registryMirror: variable(url),
  ntpServers: variable(v.array(text)),
  apiServerNames: variable(v.array(text)),
  workerLabels: variable(v.record(v.string(), v.string())),
  instanceType: variable(text, { default: 'm5.large' }),
})
