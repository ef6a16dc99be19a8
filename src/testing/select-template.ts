import type { HolderReference, Variable } from '../contract/topology.ts'
import type { JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { type MatchResources, matchesResources } from '../topology/match-resources.ts'
import type { TemplateType } from '../topology/template-type.ts'
import { byName } from '../topology/variable-values.ts'

/** A template by its kind, or by what `templateType` gives, which also says its versions and its type. */
export type TemplateName<T extends object> = string | TemplateType<T>

/** Which of several templates of a kind is meant: what it says must all fit. */
export interface TemplateSelector {
  /** That of a holder, as `patchTemplate` selects them. */
  matchResources?: MatchResources
  /** That of the MachineDeployment or MachinePool with this name in `spec.topology.workers` of the Cluster: `md-0`. */
  topologyName?: string
}

interface Item {
  readonly holderReference: HolderReference
  readonly object: JsonObject
  readonly variables?: readonly Variable[] | null | undefined
}

/** The only item that is meant. Throws Error, with what there is, when it is none or one of several. */
export function selectItem<I extends Item>(
  items: readonly I[],
  name: TemplateName<object>,
  selector?: TemplateSelector,
): I {
  const { kind, apiVersions = undefined } = typeof name === 'string' ? { kind: name } : name
  const found = items.filter(
    (item) =>
      item.object['kind'] === kind &&
      (!apiVersions || apiVersions.includes(String(item.object['apiVersion']))) &&
      (!selector || matches(item, selector)),
  )
  const [item, another] = found
  if (item && !another) return item
  const wanted = [kind, ...(apiVersions ?? [])].join(' ')
  if (!item) throw new Error(`no such template: ${wanted}. There are: ${list(items)}`)
  throw new Error(
    `several templates are meant: say with matchResources or topologyName which of ${list(found)}`,
  )
}

function matches(
  { holderReference, variables }: Item,
  { matchResources, topologyName }: TemplateSelector,
): boolean {
  const builtin = byName(variables)['builtin']
  const names = ['machineDeployment', 'machinePool'].map((key) => at(builtin, key, 'topologyName'))
  if (topologyName !== undefined && !names.includes(topologyName)) return false
  if (!matchResources) return true
  const classOf = (key: string) => {
    const name = at(builtin, key, 'class')
    return typeof name === 'string' ? { class: name } : {}
  }
  return matchesResources(matchResources, holderReference, {
    machineDeployment: classOf('machineDeployment'),
    machinePool: classOf('machinePool'),
  })
}

function list(items: readonly Item[]): string {
  return items
    .map(
      ({ object, holderReference: { kind, name } }) =>
        `${object['kind']} ${object['apiVersion']} of ${kind} ${name}`,
    )
    .join(', ')
}
