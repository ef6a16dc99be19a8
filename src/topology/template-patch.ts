import type { HolderReference } from '../contract/topology.ts'
import type { Failure } from '../handler/reply.ts'
import type { Log } from '../observability/log.ts'
import type { MatchResources } from './match-resources.ts'
import type { TemplateType } from './template-type.ts'
import type { TemplateVariables } from './template-variables.ts'

/** What a patch function gets. */
export interface PatchCall<Template, Values> extends TemplateVariables<Values> {
  /** A copy of the template as plain JSON: change it. */
  readonly template: Template
  readonly holderReference: HolderReference
  /** Logs with template and holder. */
  readonly log: Log
}

/** Changes a template. A Failure that it returns becomes the answer to the whole request. */
export type PatchFunction<Template, Values> = (
  call: PatchCall<Template, Values>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function without a return statement is the usual one
) => Failure | undefined | void | Promise<Failure | undefined | void>

/** A patch function and the templates that it is for. */
export interface TemplatePatch<Values> {
  readonly type: TemplateType
  /** Every holder unless given. */
  readonly matchResources?: MatchResources
  readonly patch: PatchFunction<object, Values>
}

/**
 * Joins a patch function with a type of template, and with some of its holders if it is not for
 * all.
 */
export function patchTemplate<T extends object, Values>(
  type: TemplateType<T>,
  patch: PatchFunction<T, Values>,
): TemplatePatch<Values>
export function patchTemplate<T extends object, Values>(
  type: TemplateType<T>,
  selector: { matchResources: MatchResources },
  patch: PatchFunction<T, Values>,
): TemplatePatch<Values>
export function patchTemplate<T extends object, Values>(
  type: TemplateType<T>,
  ...rest:
    | [PatchFunction<T, Values>]
    | [{ matchResources: MatchResources }, PatchFunction<T, Values>]
): TemplatePatch<Values> {
  const [selector, patch] = rest.length === 1 ? [{}, rest[0]] : rest
  // walkTemplates calls it only with templates of the type's apiVersions and kind, which are what T
  // describes.
  return { type, ...selector, patch: patch as PatchFunction<object, Values> }
}
