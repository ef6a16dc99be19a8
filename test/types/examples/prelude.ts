// What examples of doc comments use without declaring it.

import { defineHook } from 'capi-extension'
import {
  BeforeClusterCreate,
  CanUpdateMachine,
  GeneratePatches,
  ValidateTopology,
} from 'capi-extension/hooks'
import type { Kubeadm } from 'capi-extension/kubeadm'
import { requestOf } from 'capi-extension/testing'
import { defineVariables, templateType, variable } from 'capi-extension/topology'
import * as v from 'valibot'
import { expect } from 'vitest'

export * from 'capi-extension'
export * from 'capi-extension/hooks'
export * from 'capi-extension/in-place-update'
export * from 'capi-extension/kubeadm'
export * from 'capi-extension/testing'
export * from 'capi-extension/topology'
export * from 'capi-extension/upgrade-plan'
export { pino } from 'pino'
export { expect, v }

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

export declare const kubeadm: Kubeadm
export const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' } }
export const request = requestOf(BeforeClusterCreate)
export const hook = defineHook(BeforeClusterCreate, () => {})
export const beforeClusterCreate = defineHook(BeforeClusterCreate, () => {})
export const generatePatches = defineHook(GeneratePatches, () => {})
export const validateTopology = defineHook(ValidateTopology, () => {})
export const canUpdate = defineHook(CanUpdateMachine, () => {})
