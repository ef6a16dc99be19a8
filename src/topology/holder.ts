import type { HolderReference, Variable } from '../contract/topology.ts'
import { at } from '../json/path.ts'
import { byName } from './variable-values.ts'

/**
 * The object and field that hold a template. `name` is the object's own, such as `demo-md-0-g7rgp`;
 * the other names are those that users know.
 *
 * @example
 * ```ts
 * const describe = ({ kind, name, topologyName }: Holder) => `${kind} ${topologyName ?? name}`
 * ```
 */
export interface Holder extends HolderReference {
  /** Of a MachineDeployment or MachinePool its name in the Cluster's `spec.topology.workers`. */
  readonly topologyName?: string
  /** Of a MachineDeployment or MachinePool the name of its class in the ClusterClass. */
  readonly class?: string
}

interface Held {
  readonly holderReference: HolderReference
  readonly variables?: readonly Variable[] | null | undefined
}

const builtinOfKind = new Map([
  ['MachineDeployment', 'machineDeployment'],
  ['MachinePool', 'machinePool'],
])

/** The holder of a template with its names, as far as the builtin variables of the template tell them. */
export function holderOf({ holderReference, variables }: Held): Holder {
  const key = builtinOfKind.get(holderReference.kind)
  if (key === undefined) return holderReference
  const name = (field: string) => at(byName(variables), 'builtin', key, field)
  const [topologyName, className] = [name('topologyName'), name('class')]
  return {
    ...holderReference,
    ...(typeof topologyName === 'string' && { topologyName }),
    ...(typeof className === 'string' && { class: className }),
  }
}
