import { defineHook } from 'capi-extension'
import { ValidateTopology } from 'capi-extension/hooks'
import { checkTopology, validateTemplates } from 'capi-extension/topology'
import { variables } from '../variables.ts'

/** Kubernetes gives each node a /24 of the Pod network. */
const addresses = 254

/** Refuses more Pods than a node has addresses for. */
export default defineHook(ValidateTopology, (call) =>
  validateTemplates(call, { variables }, [
    checkTopology(({ variables: { maxPods = 0 } }) => {
      if (maxPods <= addresses) return
      return { status: 'Failure', message: `maxPods: a node has ${addresses} addresses for Pods` }
    }),
  ]),
)
