// Development only: imported where NODE_ENV is not "production", and part of no bundle.
import { applyPatch, type Operation } from 'rfc6902'
import type { Patch } from '../contract/common.ts'
import { isObject } from '../json/json.ts'
import { clone, diff } from './patch.ts'

// rfc6902 walks through none of these keys.
const unwalkable = /\/(__proto__|constructor|prototype)(\/|$)/

/**
 * Throws unless a patch makes `modified` of `original`: the change is no plain JSON, or diff has a
 * bug.
 */
export function checkPatch(
  { patchType, patch }: Patch,
  original: unknown,
  modified: unknown,
): void {
  const json = Buffer.from(patch, 'base64').toString()
  let made = clone(original)
  if (patchType === 'JSONMergePatch') made = applyMergePatch(made, JSON.parse(json))
  else {
    const operations: Operation[] = JSON.parse(json)
    if (operations.some(({ path }) => unwalkable.test(path))) return
    applyPatch(made, operations)
  }
  const [difference] = diff(made, modified)
  if (difference)
    throw new Error(
      `the patch does not make what the handler made: is ${difference.path} plain JSON?`,
    )
}

function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [key, value] of Object.entries(patch))
    if (value === null) result.delete(key)
    else result.set(key, applyMergePatch(result.get(key), value))
  return Object.fromEntries(result)
}
