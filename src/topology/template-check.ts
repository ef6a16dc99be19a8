import type { MatchResources } from './match-resources.ts'
import type { TemplateCall } from './template-call.ts'
import type { FunctionSelector, Refusal, Refusing, RefusingFunction } from './template-function.ts'
import type { TemplateType } from './template-type.ts'
import type { Templates } from './templates.ts'

/**
 * What a check of a template gets. Its `template` is that of the request, after all patches of the
 * ClusterClass: read it, a change is lost.
 *
 * @example
 * ```ts
 * function checkImage({ template, variables, holder }: CheckCall<AWSMachineTemplate, Values>) {
 *   if (template.spec.template.spec.ami?.id === variables.image) return
 *   return { status: 'Failure', message: `${holder.kind} ${holder.name}: another image` } as const
 * }
 * const check = checkTemplate(AWSMachineTemplate, checkImage)
 * ```
 */
export interface CheckCall<Template, Values> extends TemplateCall<Template, Values> {
  /** All templates of the request, to compare with. */
  readonly templates: Templates<Values>
}

/** Refuses a template with a Failure, which becomes the answer to the whole request. */
export type CheckFunction<Template, Values> = RefusingFunction<CheckCall<Template, Values>>

/**
 * A check function and the templates that it is for.
 *
 * @example
 * ```ts
 * const checks: TemplateCheck<Values>[] = [
 *   checkTemplate(AWSMachineTemplate, ({ template }) => {
 *     if (template.spec.template.spec.ami?.id === undefined)
 *       return { status: 'Failure', message: 'A machine needs an image' }
 *     return
 *   }),
 * ]
 * ```
 */
export interface TemplateCheck<Values> extends FunctionSelector {
  readonly check: CheckFunction<object, Values>
}

/**
 * Joins a check function with a type of template, and with some of its holders if it is not for all. The
 * function returns nothing to accept, or `{ status: 'Failure', message }`, which becomes the answer to the
 * whole request. What it throws is a bug; a VariableError is a Failure. Outside of the
 * list of validateTemplates the type of the check tells which variables there are.
 *
 * @example
 * ```ts
 * const checkSize: TemplateCheck<Values> = checkTemplate(
 *   AWSMachineTemplate,
 *   { matchResources: { machineDeploymentClass: { names: ['*'] } } },
 *   ({ template, variables, holder }) => {
 *     const { instanceType } = template.spec.template.spec
 *     if (variables.instanceTypes.includes(instanceType)) return
 *     return {
 *       status: 'Failure',
 *       message: `MachineDeployment ${holder.topologyName} may not have ${instanceType}`,
 *     }
 *   },
 * )
 * ```
 */
export function checkTemplate<T extends object, Values, Returned = Refusal>(
  type: TemplateType<T>,
  check: Refusing<CheckCall<T, Values>, Returned>,
): TemplateCheck<Values>
export function checkTemplate<T extends object, Values, Returned = Refusal>(
  type: TemplateType<T>,
  selector: { matchResources: MatchResources },
  check: Refusing<CheckCall<T, Values>, Returned>,
): TemplateCheck<Values>
export function checkTemplate<Values>(
  type: TemplateType,
  ...rest: [unknown] | [{ matchResources: MatchResources }, unknown]
): TemplateCheck<Values> {
  const [selector, check] = rest.length === 1 ? [{}, rest[0]] : rest
  // validateTemplates calls it only with templates of the type's apiVersions and kind, which are what
  // T describes; the compiler cannot call what may be a sentence.
  return { type, ...selector, check: check as CheckFunction<object, Values> }
}
