import type { MatchResources } from './match-resources.ts'
import type { TemplateCall } from './template-call.ts'
import type { FunctionSelector, Refusal, Refusing, RefusingFunction } from './template-function.ts'
import type { TemplateType } from './template-type.ts'

/**
 * What a patch function gets. Its `template` is a copy as plain JSON: change it. What another patch made of
 * it before is in it.
 *
 * @example
 * ```ts
 * function setImage({ template, variables }: PatchCall<AWSMachineTemplate, Values>) {
 *   template.spec.template.spec.ami = { id: variables.image }
 * }
 * const patch = patchTemplate(AWSMachineTemplate, setImage)
 * ```
 */
export interface PatchCall<Template, Values> extends TemplateCall<Template, Values> {}

/** Changes a template. A Failure that it returns becomes the answer to the whole request. */
export type PatchFunction<Template, Values> = RefusingFunction<PatchCall<Template, Values>>

/**
 * A patch function and the templates that it is for.
 *
 * @example
 * ```ts
 * const patches: TemplatePatch<Values>[] = [
 *   patchTemplate(AWSMachineTemplate, ({ template, variables }) => {
 *     template.spec.template.spec.ami = { id: variables.image }
 *   }),
 * ]
 * ```
 */
export interface TemplatePatch<Values> extends FunctionSelector {
  readonly patch: PatchFunction<object, Values>
}

/**
 * An entry of `walkTemplates`: a patch, or several that belong together.
 *
 * @example
 * ```ts
 * const patchMachines = (region: string): TemplatePatches<Values> => [
 *   patchTemplate(AWSMachineTemplate, ({ template, variables }) => {
 *     template.spec.template.spec.ami = { id: `${region}/${variables.image}` }
 *   }),
 * ]
 * ```
 */
export type TemplatePatches<Values> = TemplatePatch<Values> | readonly TemplatePatch<Values>[]

/**
 * Joins a patch function with a type of template, and with some of its holders if it is not for all. The
 * function changes the template, and returns nothing, or `{ status: 'Failure', message }`, which becomes the
 * answer to the whole request. What it throws is a bug; a VariableError is a Failure. Outside of the
 * list of walkTemplates the type of the patch tells which variables there are.
 *
 * @example
 * ```ts
 * const setImage: TemplatePatch<Values> = patchTemplate(
 *   AWSMachineTemplate,
 *   ({ template, variables }) => {
 *     template.spec.template.spec.ami = { id: variables.image }
 *   },
 * )
 * const setSize: TemplatePatch<Values> = patchTemplate(
 *   AWSMachineTemplate,
 *   { matchResources: { machineDeploymentClass: { names: ['gpu-*'] } } },
 *   ({ template, holder }) => {
 *     if (holder.topologyName === 'spare')
 *       return { status: 'Failure', message: 'MachineDeployment spare must not have GPUs' }
 *     template.spec.template.spec.instanceType = 'g5.xlarge'
 *     return
 *   },
 * )
 * ```
 */
export function patchTemplate<T extends object, Values, Returned = Refusal>(
  type: TemplateType<T>,
  patch: Refusing<PatchCall<T, Values>, Returned>,
): TemplatePatch<Values>
export function patchTemplate<T extends object, Values, Returned = Refusal>(
  type: TemplateType<T>,
  selector: { matchResources: MatchResources },
  patch: Refusing<PatchCall<T, Values>, Returned>,
): TemplatePatch<Values>
export function patchTemplate<Values>(
  type: TemplateType,
  ...rest: [unknown] | [{ matchResources: MatchResources }, unknown]
): TemplatePatch<Values> {
  const [selector, patch] = rest.length === 1 ? [{}, rest[0]] : rest
  // walkTemplates calls it only with templates of the type's apiVersions and kind, which are what T
  // describes; the compiler cannot call what may be a sentence.
  return { type, ...selector, patch: patch as PatchFunction<object, Values> }
}
