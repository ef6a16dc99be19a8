import * as v from 'valibot'
import { object, optional, Patch, rawExtension } from './common.ts'
import { blocking, defineContract } from './contract.ts'
import { Machine, MachineSet } from './objects.ts'

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

/** api/runtime/hooks/v1alpha1/inplaceupdate_types.go, as all hooks of this file. */
export const CanUpdateMachine = defineContract({
  hook: 'CanUpdateMachine',
  handlerName: 'can-update-machine',
  summary: 'A control plane Machine is out of date: which of its changes can be made in place.',
  request: { current: machineObjects, desired: machineObjects },
  response: {
    machinePatch: patch,
    infrastructureMachinePatch: patch,
    bootstrapConfigPatch: patch,
  },
})

/** The verdict is cached for 24 hours by MachineSet names. */
export const CanUpdateMachineSet = defineContract({
  hook: 'CanUpdateMachineSet',
  handlerName: 'can-update-machineset',
  summary: 'A MachineSet is out of date: which of its changes can be made in place.',
  request: { current: machineSetObjects, desired: machineSetObjects },
  response: {
    machineSetPatch: patch,
    infrastructureMachineTemplatePatch: patch,
    bootstrapConfigTemplatePatch: patch,
  },
})

/** Polled: `retryAfterSeconds` above 0 means in progress, 0 done. A Failure only reaches the controller's log. */
export const UpdateMachine = defineContract({
  hook: 'UpdateMachine',
  handlerName: 'update-machine',
  summary: 'Polled while a Machine is updated in place: start, report progress, finish.',
  request: { desired: machineObjects },
  response: blocking,
})
