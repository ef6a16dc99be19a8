// Development only: imported where NODE_ENV is not "production", and part of no bundle.
import type { Operation } from 'rfc6902'
import type { Patch } from '../contract/common.ts'
import { applyJSONPatch } from '../json/apply-json-patch.ts'
import { diff } from '../json/diff.ts'
import { applyMergePatch } from '../json/merge.ts'

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
  let made: unknown
  if (patchType === 'JSONMergePatch') made = applyMergePatch(original, JSON.parse(json))
  else {
    const operations: Operation[] = JSON.parse(json)
    if (operations.some(({ path }) => unwalkable.test(path))) return
    made = applyJSONPatch(original, operations)
  }
  const [difference] = diff(made, modified)
  if (difference)
    throw new Error(
      `the patch does not make what the handler made: is ${difference.path} plain JSON?`,
    )
}
