import type { HookContract } from '../../contract/contract.ts'
import { Discovery } from '../../contract/discovery.ts'
import { contracts } from '../../contract/index.ts'
import { editDistance } from '../../messages/edit-distance.ts'
import { StartError } from '../../messages/start-error.ts'

/** The hooks that a project can have, in the order in which a Cluster's life meets them. */
export const hookContracts = contracts.filter((contract) => contract !== Discovery)

/** The hooks of a project whose author names none: one that holds a Cluster, and those of variables and patches. */
export const defaultHooks =
  'before-cluster-create,discover-variables,generate-patches,validate-topology'

/**
 * The hooks that a list names.
 *
 * @param list Names with commas between them, as in `before-cluster-create,GeneratePatches`, or `all`.
 * @throws StartError A name is none; it says the nearest one.
 */
export function chooseHooks(list: string): readonly HookContract[] {
  const names = list.split(',').map((name) => name.trim())
  if (names.length === 1 && names[0] === 'all') return hookContracts
  const chosen = new Set(names.filter((name) => name !== '').map(findHook))
  if (chosen.size === 0) throw new StartError(`--hooks names no hook, such as ${defaultHooks}`)
  return hookContracts.filter((contract) => chosen.has(contract))
}

function findHook(name: string): HookContract {
  const distances = hookContracts.map((contract) => ({
    contract,
    distance: editDistance(plain(name), plain(contract.hook)),
  }))
  const [nearest] = distances.toSorted((a, b) => a.distance - b.distance)
  if (nearest?.distance === 0) return nearest.contract
  throw new StartError(
    `--hooks: there is no hook "${name}", the nearest is ${nearest?.contract.handlerName}`,
  )
}

/** Both ways to write a name in one: `before-cluster-create` and `BeforeClusterCreate`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('-', '')
}
