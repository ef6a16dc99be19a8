import type { MatchResources } from './match-resources.ts'
import type { TemplateCall } from './template-call.ts'
import type { Refusal, Refusing, RefusingFunction, TemplateSelector } from './template-function.ts'
import type { TemplateType } from './template-type.ts'

/** What a patch function gets. Its `template` is a copy as plain JSON: change it. */
export interface PatchCall<Template, Values> extends TemplateCall<Template, Values> {}

/** Changes a template. A Failure that it returns becomes the answer to the whole request. */
export type PatchFunction<Template, Values> = RefusingFunction<PatchCall<Template, Values>>

/** A patch function and the templates that it is for. */
export interface TemplatePatch<Values> extends TemplateSelector {
  readonly patch: PatchFunction<object, Values>
}

/** An entry of `walkTemplates`: a patch, or several that belong together. */
export type TemplatePatches<Values> = TemplatePatch<Values> | readonly TemplatePatch<Values>[]

/**
 * Joins a patch function with a type of template, and with some of its holders if it is not for
 * all.
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
