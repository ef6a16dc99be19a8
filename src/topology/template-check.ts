import type { Log } from '../observability/log.ts'
import type { MatchResources } from './match-resources.ts'
import type { TemplateCall } from './template-call.ts'
import type { Refusal, Refusing, RefusingFunction, TemplateSelector } from './template-function.ts'
import type { TemplateType } from './template-type.ts'
import type { TemplateVariables } from './template-variables.ts'
import type { Templates } from './templates.ts'

/** What a check of a template gets. Its `template` is that of the request, after all patches. */
export interface CheckCall<Template, Values> extends TemplateCall<Template, Values> {
  /** All templates of the request, to compare with. */
  readonly templates: Templates<Values>
}

/** Refuses a template with a Failure, which becomes the answer to the whole request. */
export type CheckFunction<Template, Values> = RefusingFunction<CheckCall<Template, Values>>

/** A check function and the templates that it is for. */
export interface TemplateCheck<Values> extends TemplateSelector {
  readonly check: CheckFunction<object, Values>
}

/**
 * Joins a check function with a type of template, and with some of its holders if it is not for all.
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

/** What a check of the whole topology gets; its variables are those of the request, without overrides. */
export interface TopologyCall<Values> extends TemplateVariables<Values> {
  /** All templates of the request. */
  readonly templates: Templates<Values>
  /** Logs with the Cluster. */
  readonly log: Log
}

/** Refuses a topology as a whole. */
export interface TopologyCheck<Values> {
  readonly checkTopology: RefusingFunction<TopologyCall<Values>>
}

/** A check that runs once for a request: for what no template tells alone. */
export function checkTopology<Values, Returned = Refusal>(
  check: Refusing<TopologyCall<Values>, Returned>,
): TopologyCheck<Values> {
  // The compiler cannot call what may be a sentence.
  return { checkTopology: check as RefusingFunction<TopologyCall<Values>> }
}
