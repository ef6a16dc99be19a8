// Each line below a comment must not compile, and the first line of the compiler's error ends with the text of the
// comment: reply-mistake.test.ts holds it for the sources, the consumer test for the package.

import { defineHook } from 'capi-extension'
import {
  AfterControlPlaneInitialized,
  BeforeClusterDelete,
  CanUpdateMachine,
  GeneratePatches,
  GenerateUpgradePlan,
  ValidateTopology,
} from 'capi-extension/hooks'
import { patchKubeadm } from 'capi-extension/kubeadm'
import { checkTemplate, checkTopology, patchTemplate, templateType } from 'capi-extension/topology'

declare const paused: boolean
const Machines = templateType<{ spec: { image?: string } }>('example.com/v1', 'MachineTemplate')
const matchResources = { controlPlane: true }

// Property 'clustr' does not exist on type 'BeforeClusterDeleteRequest'. Did you mean 'cluster'?
defineHook(BeforeClusterDelete, ({ request }) => request.clustr)
// Property 'anotations' does not exist on type 'ObjectMeta'. Did you mean 'annotations'?
defineHook(BeforeClusterDelete, ({ request }) => request.cluster.metadata.anotations)
// Property 'verson' does not exist on type 'Topology'. Did you mean 'version'?
defineHook(GenerateUpgradePlan, ({ request }) => request.cluster.spec.topology?.verson)
// Property 'varsion' does not exist on type 'MachineSpec'. Did you mean 'version'?
defineHook(CanUpdateMachine, ({ request }) => request.desired.machine.spec.varsion)

// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(ValidateTopology, () => false)
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, () => 30)
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, async () => 'not yet')
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, () => [{ retryAfterSeconds: 30, message: 'Not yet' }])
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, () => () => ({ status: 'Failure', message: 'No' }))
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, () => null)
// A handler returns nothing, fields of its response, or { status: 'Failure', message } to refuse
defineHook(BeforeClusterDelete, () => paused && { retryAfterSeconds: 30, message: 'Paused' })

// A block needs a message: it is all that users see
defineHook(BeforeClusterDelete, async ({ request }) => {
  if (request.cluster.spec.paused) return { retryAfterSeconds: 30 }
  return
})
// The message of a block must not be empty: it is all that users see
defineHook(BeforeClusterDelete, () => ({ retryAfterSeconds: 30, message: '' }))
// retryAfterSeconds is a whole number from 1; to go on, leave it out
defineHook(BeforeClusterDelete, () => ({ retryAfterSeconds: 0, message: 'Done' }))
// retryAfterSeconds is a number of seconds
defineHook(BeforeClusterDelete, () => ({ retryAfterSeconds: '30', message: 'Not yet' }))
// retryAfterSeconds may be undefined: return the block in a branch of its own
defineHook(BeforeClusterDelete, ({ request }) => ({
  ...(request.cluster.spec.paused && { retryAfterSeconds: 30, message: 'Paused' }),
}))
// The response has no field mesage
defineHook(BeforeClusterDelete, () => ({ retryAfterSeconds: 30, mesage: 'Not yet' }))
// This hook cannot block: its response has no retryAfterSeconds
defineHook(AfterControlPlaneInitialized, async () => ({ retryAfterSeconds: 30, message: 'Wait' }))

// A Failure needs a message: it is all that users see
defineHook(ValidateTopology, async ({ request }) => {
  if (request.items?.length === 0) return { status: 'Failure' }
  return
})
// The message of a Failure must not be empty: it is all that users see
defineHook(ValidateTopology, () => ({ status: 'Failure', message: '' }))
// A Failure has no field reason
defineHook(ValidateTopology, () => ({ status: 'Failure', message: 'No', reason: 'Quota' }))
// A Failure has no field retryAfterSeconds
defineHook(BeforeClusterDelete, () => ({ status: 'Failure', message: 'No', retryAfterSeconds: 30 }))
// The response has no field allowed
defineHook(BeforeClusterDelete, ({ request }) => {
  const status = request.cluster.spec.paused ? 'Failure' : 'Success'
  return { status, message: 'Paused', allowed: false }
})
// The status is 'Success' or 'Failure'; of a constant, say so with: as const
defineHook(ValidateTopology, () => ({ status: 'failure', message: 'No' }))

// A message alone goes on: add status 'Success' to say so, or 'Failure' to refuse, or retryAfterSeconds
defineHook(ValidateTopology, () => ({ message: 'Too many MachineDeployments' }))
// The message is a string
defineHook(ValidateTopology, () => ({ message: 5 }))
// The response has no field mesage
defineHook(ValidateTopology, () => ({ mesage: 'Fine' }))
// The response has no field controlPlaneUpgrades[].reason
defineHook(GenerateUpgradePlan, () => ({
  controlPlaneUpgrades: [{ version: 'v1.35.8', reason: 'newest' }],
}))
// The field controlPlaneUpgrades[] is of another type
defineHook(GenerateUpgradePlan, () => ({ controlPlaneUpgrades: ['v1.35.8'] }))
// The field controlPlaneUpgrades[].version is missing
defineHook(GenerateUpgradePlan, () => ({ controlPlaneUpgrades: [{}] }))
// The field items[].patchType is of another type
defineHook(GeneratePatches, () => ({ items: [{ uid: 'a', patchType: 'Strategic', patch: '' }] }))
// The field items[].patch is of another type
defineHook(GeneratePatches, () => ({
  items: [{ uid: 'a', patchType: 'JSONPatch', patch: [{ op: 'remove', path: '/a' }] }],
}))
// The field machinePatch is of another type
defineHook(CanUpdateMachine, () => ({ machinePatch: [{ op: 'remove', path: '/a' }] }))
// The response has no field controlPlaneUpgrades[].versio
defineHook(GenerateUpgradePlan, () => ({ controlPlaneUpgrades: [{ versio: 'v1.35.8' }] }))

// The message of a Failure must not be empty: it is all that users see
patchTemplate(Machines, () => ({ status: 'Failure', message: '' }))
// The message of a Failure must not be empty: it is all that users see
patchTemplate(Machines, { matchResources }, async () => ({ status: 'Failure', message: '' }))
// A Failure needs a message: it is all that users see
patchTemplate(Machines, ({ template }) => {
  if (template.spec.image === undefined) return { status: 'Failure' }
  return
})
// A Failure has no field reason
patchTemplate(Machines, () => ({ status: 'Failure', message: 'No', reason: 'Quota' }))
// The function returns nothing, or { status: 'Failure', message } to refuse
patchTemplate(Machines, ({ template }) => template)
// The function returns nothing, or { status: 'Failure', message } to refuse
patchTemplate(Machines, () => ({ status: 'failure', message: 'No' }))
// The function returns nothing, or { status: 'Failure', message } to refuse
checkTemplate(Machines, ({ template }) => template.spec.image === 'a')
// The message of a Failure must not be empty: it is all that users see
checkTemplate(Machines, { matchResources }, () => ({ status: 'Failure', message: '' }))
// The message of a Failure must not be empty: it is all that users see
checkTopology(async () => ({ status: 'Failure', message: '' }))
// The function returns nothing, or { status: 'Failure', message } to refuse
checkTopology(() => null)
// A Failure needs a message: it is all that users see
patchKubeadm(() => ({ status: 'Failure' }))
