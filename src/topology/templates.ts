import type { JsonObject } from '../json/json.ts'
import type { Log } from '../observability/log.ts'
import { holderOf } from './holder.ts'
import { type MatchResources, matchesResources } from './match-resources.ts'
import { type TemplateCall, type TemplateItem, templateCall } from './template-call.ts'
import type { TemplateType } from './template-type.ts'
import { once, type TemplateVariables } from './template-variables.ts'
import type { VariableList } from './variable-values.ts'

/**
 * All templates of a request, each with its holder and its variables. A variable that does not fit throws
 * VariableError when it is read, which makes the answer a Failure.
 *
 * @example
 * ```ts
 * // The workers that have both a machine template and a bootstrap template of these types.
 * const complete = (templates: Templates<Values>) =>
 *   templates
 *     .ofType(AWSMachineTemplate)
 *     .filter(({ holder }) =>
 *       templates.ofType(KubeadmConfigTemplate).some((other) => other.holder.name === holder.name),
 *     )
 *     .map(({ holder }) => holder.topologyName)
 * ```
 */
export interface Templates<Values> {
  /** Sorted by holder: the request's order is random. */
  readonly all: readonly TemplateCall<JsonObject, Values>[]
  /** Those of a type, or of a type and some of its holders, in the same order. */
  ofType<T extends object>(
    type: TemplateType<T>,
    selector?: { matchResources: MatchResources },
  ): TemplateCall<T, Values>[]
  /** Names of the MachineDeployments in the Cluster's `spec.topology.workers`, sorted. */
  readonly machineDeployments: readonly string[]
  /** Names of the MachinePools there, sorted. */
  readonly machinePools: readonly string[]
}

/** The templates of a request; nothing is read before it is asked for. */
export function templatesOf<Values>(
  items: readonly TemplateItem[],
  readVariables: (ofTemplate: VariableList) => TemplateVariables<Values>,
  log: Log,
): Templates<Values> {
  const all = once(() =>
    items
      .map((item) => templateCall(item, item.object, readVariables(item.variables), log))
      .map((call) => ({ call, key: keyOf(call.holder) }))
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .map(({ call }) => call),
  )
  const namesOf = (kind: string) =>
    [...new Set(items.map(holderOf).map((holder) => holder.kind === kind && holder.topologyName))]
      .filter((name) => typeof name === 'string')
      .sort()
  return {
    get all() {
      return all()
    },
    ofType<T extends object>(
      { apiVersions, kind }: TemplateType<T>,
      selector?: { matchResources: MatchResources },
    ) {
      return all().filter(
        (call): call is TemplateCall<JsonObject & T, Values> =>
          call.template['kind'] === kind &&
          apiVersions.includes(String(call.template['apiVersion'])) &&
          (!selector || matchesResources(selector.matchResources, call.holder, call.builtin)),
      )
    },
    get machineDeployments() {
      return namesOf('MachineDeployment')
    },
    get machinePools() {
      return namesOf('MachinePool')
    },
  }
}

const keyOf = ({ kind, name, fieldPath }: TemplateCall<object, unknown>['holder']) =>
  [kind, name, fieldPath].join(' ')
