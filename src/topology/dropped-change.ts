import type { HolderReference } from '../contract/topology.ts'
import { diff, type Operation } from '../json/diff.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, pointerTo, withValue } from '../json/path.ts'
import { type HonouredPaths, honouredPathsOf } from './honoured-paths.ts'

/**
 * Throws when the controller would drop a part of a change in silence: names the path and what to
 * do. A holder that Cluster API v1.14 does not know is let through.
 *
 * @param operations The change, as `diff` gives it.
 */
export function refuseDroppedChange(
  original: JsonObject,
  modified: JsonObject,
  operations: readonly Operation[],
  holderReference: HolderReference,
): void {
  const paths = honouredPathsOf(holderReference)
  if (!paths || operations.every((operation) => isTakenAsItIs(operation, paths))) return
  const dropped = firstLeaf(diff(take(original, modified, paths), modified))
  if (dropped === undefined) return
  const honoured = paths.honoured.map((path) => path.join('.')).join(', ')
  throw new Error(
    `Cluster API would drop the change of ${dropped} in silence: do not make it. Of this template only ${honoured} count, and there not what the topology controller sets itself`,
  )
}

// A shortcut for nearly every change: the exact answer, below, costs as much as the diff.
function isTakenAsItIs({ path }: Operation, { below }: HonouredPaths): boolean {
  const part = below.find(({ prefix }) => path.startsWith(prefix))
  if (!part) return false
  return !part.preserved.some((own) => path.startsWith(own) || own.startsWith(path))
}

/**
 * The template as the controller takes it (applyPatchToRequest in patches/engine.go, CopyFields in
 * internal/util/patch).
 */
function take(
  original: JsonObject,
  modified: JsonObject,
  { honoured, preserved }: HonouredPaths,
): JsonObject {
  let taken = original
  for (const path of honoured) {
    const value = at(modified, ...path)
    // A map that is gone is not copied either: the controller keeps what it had.
    if (value !== undefined) taken = withValue(taken, path, value)
  }
  for (const path of preserved) {
    const value = at(original, ...path)
    // Nearly all are equal, most of them absent.
    if (at(taken, ...path) !== value) taken = withValue(taken, path, value)
  }
  return taken
}

// A new object without a value in it says nothing that could be lost.
function firstLeaf(operations: readonly Operation[]): string | undefined {
  for (const operation of operations) {
    const path = operation.op === 'remove' ? operation.path : leaf(operation.path, operation.value)
    if (path !== undefined || operation.op === 'replace') return path ?? operation.path
  }
  return undefined
}

function leaf(path: string, value: unknown): string | undefined {
  if (!isObject(value)) return value === undefined ? undefined : path
  for (const [key, inner] of Object.entries(value)) {
    const found = leaf(path + pointerTo(key), inner)
    if (found !== undefined) return found
  }
  return undefined
}
