import type { Patch } from '../contract/common.ts'
import { encodePatch } from '../contract/encode-patch.ts'
import { clone } from '../json/clone.ts'
import { diff } from '../json/diff.ts'
import { type JsonObject, objectAt } from '../json/json.ts'
import { at, joinPath, keysOfPointer, withValue } from '../json/path.ts'
import { itemsOf } from './items.ts'
import { keysOf, takeUpdatable } from './take-over.ts'
import type { Updatable, UpdatablePath } from './updatable.ts'

/** What becomes of an object that is updated in place. */
export interface Comparison {
  readonly patch: Patch | undefined
  /** What differs after the patch, such as `KubeadmConfig spec.files["/etc/motd"].content`. */
  readonly leftovers: readonly string[]
}

// What the controllers leave out when they compare (internal/util/inplace): it never forces a replacement.
const ignoredOfMachine = new Set([
  'clusterName',
  'bootstrap',
  'infrastructureRef',
  'providerID',
  'minReadySeconds',
  'readinessGates',
  'deletion',
  'taints',
])

/**
 * Patches `current` as far as `updatable` reaches.
 *
 * @param root The keys to the part of the objects that counts.
 */
export function compare(
  current: JsonObject,
  desired: JsonObject,
  root: readonly string[],
  part: keyof Updatable,
  updatable: Updatable,
): Comparison {
  const kind = String(current['kind'])
  const patched = clone(current)
  const [reached, target] = [objectAt(patched, root), objectAt(desired, root)]
  const name = (keys: readonly string[]) => `${kind} ${[...root, ...keys].reduce(joinPath, '')}`
  if (kind !== desired['kind'] || !reached || !target)
    return { patch: undefined, leftovers: [name([])] }
  const paths =
    part === 'machine' ? updatable.machine : updatable[part]?.[kind.replace(/Template$/, '')]
  for (const path of paths ?? []) takeUpdatable(reached, target, path)
  const left = diff(...named(reached, target, paths ?? [])).map(({ path }) => keysOfPointer(path))
  const ignored = part === 'machine' ? ignoredOfMachine : new Set()
  return {
    patch: encodePatch('JSONPatch', diff(current, patched)),
    leftovers: left.filter(([first]) => !ignored.has(first)).map(name),
  }
}

/** Both with the items by name, so that a difference is found by name. */
function named(
  current: JsonObject,
  desired: JsonObject,
  paths: readonly UpdatablePath[],
): [current: JsonObject, desired: JsonObject] {
  for (const path of paths) {
    if (typeof path === 'string' || !path.each) continue
    const keys = keysOf(path)
    const [before, after] = [at(current, ...keys), at(desired, ...keys)]
    const items = itemsOf(before, after, path.each.key)
    // Of an empty list and none only the lists themselves differ.
    if (!items || items[0].size + items[1].size === 0) continue
    current = withValue(current, keys, Object.fromEntries(items[0]))
    desired = withValue(desired, keys, Object.fromEntries(items[1]))
  }
  return [current, desired]
}
