import type { RequestOf } from '../contract/contract.ts'
import type { CanUpdateMachine, CanUpdateMachineSet } from '../contract/in-place-update.ts'
import type { Answer } from '../handler/answer.ts'
import { checkCanUpdate } from '../rules/in-place.ts'
import { throwFindings } from './throw-findings.ts'

/** A request of CanUpdateMachine or of CanUpdateMachineSet. */
export type CanUpdateRequest =
  | RequestOf<typeof CanUpdateMachine>
  | RequestOf<typeof CanUpdateMachineSet>

/**
 * Paths of the changes that an answer of CanUpdateMachine or CanUpdateMachineSet leaves, such as
 * `KubeadmConfig spec.files`. When there are any, the controller replaces the Machines; without, it updates them in
 * place. Throws Error when the answer is a Failure, when a patch cannot be applied, and when the controller would drop
 * a part of it in silence.
 *
 * @example
 * ```ts
 * const request = requestOf(CanUpdateMachine, { desired: machineOf({ version: 'v1.37.0' }) })
 * const answer = await callHook(canUpdate, request)
 * expect(remainingChanges(request, answer)).toEqual(['Machine spec.version'])
 * ```
 */
export function remainingChanges(request: CanUpdateRequest, answer: Answer): string[] {
  const hook = 'machine' in request.current ? 'CanUpdateMachine' : 'CanUpdateMachineSet'
  const { leftOver, findings } = checkCanUpdate(hook, { ...request }, answer)
  throwFindings(answer, findings)
  return leftOver
}
