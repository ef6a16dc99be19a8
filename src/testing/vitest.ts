// 'capi-extension/testing/vitest': importing it gives matchers for patches to vitest's expect.

import { expect } from 'vitest'
import { CanUpdateMachine, CanUpdateMachineSet } from '../contract/in-place-update.ts'
import { GeneratePatches } from '../contract/topology.ts'
import type { Answer } from '../handler/answer.ts'
import { isObject } from '../json/json.ts'
import { answeredRequest } from './answered-request.ts'
import { patchedTemplates } from './patched-templates.ts'
import { type CanUpdateRequest, remainingChanges } from './remaining-changes.ts'
import { selectItem, type TemplateName, type TemplateSelector } from './select-template.ts'

declare module 'vitest' {
  interface Matchers<R, T> {
    /**
     * Whether an answer of GeneratePatches changes a template, and makes it contain what is expected, as
     * `toMatchObject` compares. Throws where `patchedTemplate` does.
     *
     * @example
     * ```ts
     * import 'capi-extension/testing/vitest'
     *
     * const answer = await callHook(generatePatches, requestOf(GeneratePatches))
     * expect(answer).toPatch('KubeadmControlPlaneTemplate', { spec: { template: { spec: { replicas: 3 } } } })
     * expect(answer).not.toPatch('DevClusterTemplate')
     * ```
     */
    toPatch(name: TemplateName<object>, expected?: object, selector?: TemplateSelector): R
    /**
     * Whether an answer of CanUpdateMachine or CanUpdateMachineSet makes all changes, so that no Machine is replaced.
     * Throws where `remainingChanges` does.
     *
     * @example
     * ```ts
     * expect(await callHook(canUpdate, requestOf(CanUpdateMachine, { desired }))).toUpdateInPlace()
     * ```
     */
    toUpdateInPlace(): R
  }
}

expect.extend({
  toPatch(
    answer: Answer,
    name: TemplateName<object>,
    expected: object = {},
    selector?: TemplateSelector,
  ) {
    const request = answeredRequest(answer, GeneratePatches)
    const before = selectItem(request.items ?? [], name, selector).object
    const after = selectItem(patchedTemplates(request, answer), name, selector).object
    const { iterableEquality, subsetEquality } = this.utils
    const testers = [...this.customTesters, iterableEquality, subsetEquality]
    const isChanged = !this.equals(before, after)
    const pass = isChanged && this.equals(after, expected, testers)
    const message = () => {
      const template = `the ${after['kind']}`
      if (pass) return `the answer changes ${template}`
      return isChanged
        ? `the answer makes something else of ${template}`
        : `the answer leaves ${template} as it is`
    }
    return { pass, message, actual: partLike(after, expected), expected }
  },

  toUpdateInPlace(answer: Answer) {
    const request = answeredRequest<CanUpdateRequest>(answer, CanUpdateMachine, CanUpdateMachineSet)
    const remaining = remainingChanges(request, answer)
    const pass = remaining.length === 0
    const message = () =>
      pass
        ? 'the answer makes all changes: the controller updates in place'
        : `the controller replaces Machines: the answer leaves ${remaining.join(', ')}`
    return { pass, message }
  },
})

/** The fields of a value that the expected one has: all else would hide the difference. */
function partLike(actual: unknown, expected: unknown): unknown {
  if (!isObject(actual) || !isObject(expected)) return actual
  const fields = Object.keys(expected).filter((key) => Object.hasOwn(actual, key))
  return Object.fromEntries(fields.map((key) => [key, partLike(actual[key], expected[key])]))
}
