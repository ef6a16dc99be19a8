// What examples of doc comments use without declaring it.

import { defineVariables, templateType, variable } from 'capi-extension/topology'
import * as v from 'valibot'

export * from 'capi-extension'
export * from 'capi-extension/hooks'
export * from 'capi-extension/in-place-update'
export { KubeadmConfigTemplate } from 'capi-extension/kubeadm'
export * from 'capi-extension/topology'
export * from 'capi-extension/upgrade-plan'
export { v }

export interface AWSMachineTemplate {
  spec: { template: { spec: { instanceType: string; ami?: { id?: string } } } }
}
export const AWSMachineTemplate = templateType<AWSMachineTemplate>(
  'infrastructure.cluster.x-k8s.io/v1beta2',
  'AWSMachineTemplate',
)

export const variables = defineVariables({
  image: variable(v.string(), { required: true }),
  instanceTypes: variable(v.array(v.string()), { default: ['m5.large'] }),
})
export type Values = ReturnType<typeof variables.parse>
