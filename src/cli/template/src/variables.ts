import { defineVariables, variable } from 'capi-extension/topology'
import * as v from 'valibot'

/** What a Cluster may set: discover-variables says it to its ClusterClass, generate-patches reads it. */
export const variables = defineVariables({
  maxPods: variable(v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(500)), {
    description: 'How many Pods a node takes. Kubernetes takes 110 unless this is set.',
    example: 200,
  }),
})
