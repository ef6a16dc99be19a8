import * as v from 'valibot'
import { object, optional, Patch, rawExtension } from './common.ts'
import type { HookContract } from './contract.ts'
import {
  type CommonRetryResponse,
  commonRequest,
  commonRetryResponse,
  defineContract,
  responseSchema,
} from './define-contract.ts'
import { Machine, MachineSet } from './machine.ts'
import type { NamedFields } from './named-fields.ts'

// All hooks of this file: api/runtime/hooks/v1alpha1/inplaceupdate_types.go.

const machineObjects = object({
  machine: Machine,
  infrastructureMachine: rawExtension,
  bootstrapConfig: optional(rawExtension),
})
const machineSetObjects = object({
  machineSet: MachineSet,
  infrastructureMachineTemplate: rawExtension,
  bootstrapConfigTemplate: optional(rawExtension),
})
const patch = v.optional(Patch)

const canUpdateMachineRequest = object({
  ...commonRequest,
  current: machineObjects,
  desired: machineObjects,
})
/** A Machine of a control plane with its objects, as they are and as they are to be, without status. */
export interface CanUpdateMachineRequest extends NamedFields<typeof canUpdateMachineRequest> {}

const canUpdateMachineResponse = responseSchema({
  machinePatch: patch,
  infrastructureMachinePatch: patch,
  bootstrapConfigPatch: patch,
})
/** Patches of the current objects, with the changes that can be made in place. */
export interface CanUpdateMachineResponse extends NamedFields<typeof canUpdateMachineResponse> {}

/**
 * Is called when a Machine of a control plane is out of date. It cannot block. The controller applies the patches of the
 * answer to `current` and compares with `desired`: what is left below `spec` forces a replacement of the Machine.
 * `canUpdateMachine` of 'capi-extension/in-place-update' writes the answer.
 * Cluster API: api/runtime/hooks/v1alpha1/inplaceupdate_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(CanUpdateMachine, (call) => canUpdateMachine(call, { machine: ['version'] }))
 * ```
 */
export const CanUpdateMachine: HookContract<CanUpdateMachineRequest, CanUpdateMachineResponse> =
  defineContract({
    hook: 'CanUpdateMachine',
    handlerName: 'can-update-machine',
    summary: 'A control plane Machine is out of date: which of its changes can be made in place.',
    request: canUpdateMachineRequest,
    response: canUpdateMachineResponse,
  })

const canUpdateMachineSetRequest = object({
  ...commonRequest,
  current: machineSetObjects,
  desired: machineSetObjects,
})
/** A MachineSet with its templates, as they are and as they are to be, without status. */
export interface CanUpdateMachineSetRequest
  extends NamedFields<typeof canUpdateMachineSetRequest> {}

const canUpdateMachineSetResponse = responseSchema({
  machineSetPatch: patch,
  infrastructureMachineTemplatePatch: patch,
  bootstrapConfigTemplatePatch: patch,
})
/** Patches of the current objects, with the changes that can be made in place. */
export interface CanUpdateMachineSetResponse
  extends NamedFields<typeof canUpdateMachineSetResponse> {}

/**
 * Is called when a MachineSet is out of date. It cannot block. The controller applies the patches of the answer to
 * `current` and compares with `desired`: what is left below `spec.template.spec` forces a replacement of the Machines. It
 * keeps what follows from an answer for 24 hours, by the names of the MachineSets. `canUpdateMachineSet` of
 * 'capi-extension/in-place-update' writes the answer.
 * Cluster API: api/runtime/hooks/v1alpha1/inplaceupdate_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(CanUpdateMachineSet, (call) => canUpdateMachineSet(call, { machine: ['version'] }))
 * ```
 */
export const CanUpdateMachineSet: HookContract<
  CanUpdateMachineSetRequest,
  CanUpdateMachineSetResponse
> = defineContract({
  hook: 'CanUpdateMachineSet',
  handlerName: 'can-update-machineset',
  summary: 'A MachineSet is out of date: which of its changes can be made in place.',
  request: canUpdateMachineSetRequest,
  response: canUpdateMachineSetResponse,
})

const updateMachineRequest = object({ ...commonRequest, desired: machineObjects })
/** A Machine with its objects as they are to be, without status. */
export interface UpdateMachineRequest extends NamedFields<typeof updateMachineRequest> {}

/**
 * Is called again and again while a Machine is updated in place: to start the update, to tell how far it is, and to end
 * it. With `retryAfterSeconds` the update is in progress, and the message reaches the condition Updating of the Machine;
 * without, it is done. A Failure only reaches the log of the controller, which calls again.
 * Cluster API: api/runtime/hooks/v1alpha1/inplaceupdate_types.go.
 *
 * @example
 * ```ts
 * export default defineHook(UpdateMachine, async ({ request, state, now }) => {
 *   const key = `started-${updateIdOf(request.desired)}`
 *   const progress = state(request.desired.machine)
 *   const started = await progress.update<string>(key, (time) => time ?? now().toISOString())
 *   if (now().getTime() - Date.parse(started) >= 60_000) return
 *   return { retryAfterSeconds: 10, message: 'The Machine is being updated' }
 * })
 * ```
 */
export const UpdateMachine: HookContract<UpdateMachineRequest, CommonRetryResponse> =
  defineContract({
    hook: 'UpdateMachine',
    handlerName: 'update-machine',
    summary: 'Polled while a Machine is updated in place: start, report progress, finish.',
    request: updateMachineRequest,
    response: commonRetryResponse,
  })
