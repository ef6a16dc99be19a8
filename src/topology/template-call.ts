import type { HolderReference, Variable } from '../contract/topology.ts'
import type { JsonObject } from '../json/json.ts'
import type { Log } from '../observability/log.ts'
import { type Holder, holderOf } from './holder.ts'
import type { TemplateVariables } from './template-variables.ts'

/**
 * A template of a request, with its holder and its variables. These are the Cluster's, with the overrides
 * of the template's MachineDeployment, MachinePool or control plane over them.
 *
 * @example
 * ```ts
 * const isTooLarge = ({ template, variables }: TemplateCall<AWSMachineTemplate, Values>) =>
 *   !variables.instanceTypes.includes(template.spec.template.spec.instanceType)
 * ```
 */
export interface TemplateCall<Template, Values> extends TemplateVariables<Values> {
  readonly template: Template
  /** The object and field that hold the template. */
  readonly holder: Holder
  /** Logs with template and holder. */
  readonly log: Log
}

/** A template as GeneratePatches and ValidateTopology send it. */
export interface TemplateItem {
  readonly holderReference: HolderReference
  readonly object: JsonObject
  readonly variables?: readonly Variable[] | null | undefined
}

/** Puts together what a function gets to know of a template. */
export function templateCall<Template, Values>(
  item: TemplateItem,
  template: Template,
  known: TemplateVariables<Values>,
  log: Log,
): TemplateCall<Template, Values> {
  const holder = holderOf(item)
  return {
    template,
    holder,
    get variables() {
      return known.variables
    },
    get builtin() {
      return known.builtin
    },
    get values() {
      return known.values
    },
    get log() {
      const { apiVersion, kind } = item.object
      return log.child({ template: { apiVersion, kind }, holder })
    },
  }
}
