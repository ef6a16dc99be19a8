import type { Patch } from '../contract/common.ts'
import type { RequestOf } from '../contract/contract.ts'
import type { CanUpdateMachine, CanUpdateMachineSet } from '../contract/in-place-update.ts'
import type { Call } from '../handler/context.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { compare } from './compare.ts'
import type { Updatable } from './updatable.ts'

type UpdateCall<Request extends object> = Pick<Call<Request>, 'request' | 'log'>

/**
 * Answers CanUpdateMachine: patches that bring `current` to `desired` as far as `updatable` reaches. The
 * message, which is also logged, names what is left and forces a replacement.
 *
 * @example
 * ```ts
 * const updatable: Updatable = {
 *   machine: ['version'],
 *   bootstrapConfig: { KubeadmConfig: ['files'] },
 * }
 * export default defineHook(CanUpdateMachine, (call) => canUpdateMachine(call, updatable))
 * ```
 */
export function canUpdateMachine(
  call: UpdateCall<RequestOf<typeof CanUpdateMachine>>,
  updatable: Updatable,
) {
  return canUpdate(ofMachine, call, updatable)
}

/**
 * Answers CanUpdateMachineSet in the same way; give it the same `updatable`.
 *
 * @example
 * ```ts
 * const updatable: Updatable = {
 *   machine: ['version'],
 *   bootstrapConfig: { KubeadmConfig: ['files'] },
 * }
 * export default defineHook(CanUpdateMachineSet, (call) => canUpdateMachineSet(call, updatable))
 * ```
 */
export function canUpdateMachineSet(
  call: UpdateCall<RequestOf<typeof CanUpdateMachineSet>>,
  updatable: Updatable,
) {
  return canUpdate(ofMachineSet, call, updatable)
}

/** Where a hook holds what `Updatable` names, and what of these objects it is about. */
interface Objects<Name extends string> {
  readonly root: readonly string[]
  readonly names: Readonly<Record<keyof Updatable, Name>>
}

const ofMachine = {
  root: ['spec'],
  names: {
    machine: 'machine',
    bootstrapConfig: 'bootstrapConfig',
    infrastructureMachine: 'infrastructureMachine',
  },
} as const
const ofMachineSet = {
  root: ['spec', 'template', 'spec'],
  names: {
    machine: 'machineSet',
    bootstrapConfig: 'bootstrapConfigTemplate',
    infrastructureMachine: 'infrastructureMachineTemplate',
  },
} as const

const parts = ['machine', 'bootstrapConfig', 'infrastructureMachine'] as const

type Patches<Name extends string> = { [Field in `${Name}Patch`]: Patch | undefined }

function canUpdate<Name extends string>(
  { root, names }: Objects<Name>,
  { request, log }: UpdateCall<{ current: JsonObject; desired: JsonObject }>,
  updatable: Updatable,
): Patches<Name> & { message?: string } {
  const leftovers: string[] = []
  const patches = parts.map((part) => {
    const [current, desired] = [request.current[names[part]], request.desired[names[part]]]
    // The controllers replace the Machine themselves when only one of the two exists.
    if (!isObject(current) || !isObject(desired)) return [`${names[part]}Patch`, undefined]
    const compared = compare(current, desired, root, part, updatable)
    leftovers.push(...compared.leftovers)
    return [`${names[part]}Patch`, compared.patch]
  })
  const message = `cannot be updated in place: ${leftovers.join(', ')}`
  if (leftovers.length > 0) log.info(message)
  // A patch by each name, which TypeScript does not see through fromEntries.
  return {
    ...(Object.fromEntries(patches) as Patches<Name>),
    ...(leftovers.length > 0 && { message }),
  }
}
