import { applyJSONPatch } from '../json/apply-json-patch.ts'
import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { applyMergePatch } from '../json/merge.ts'
import { at, withValue } from '../json/path.ts'
import { type Finding, finding } from './table.ts'

/** The object that a patch makes of another, or why it makes none. */
export type Applied = { readonly object: JsonObject } | { readonly finding: Finding }

/**
 * Applies a patch as it came over the wire: `patchType`, and `patch` in base64. The object is not
 * changed.
 */
export function applyPatch(object: JsonObject, { patchType, patch }: JsonObject): Applied {
  const text = Buffer.from(typeof patch === 'string' ? patch : '', 'base64').toString('utf8')
  const isMerge = patchType === 'JSONMergePatch'
  if (!isMerge && patchType !== 'JSONPatch')
    return { finding: finding('patch-format', `patchType is ${JSON.stringify(patchType)}`) }
  if (isMerge && text === '') return { object }
  try {
    const json: unknown = JSON.parse(text)
    const wanted = isMerge ? isObject(json) : json === null || Array.isArray(json)
    if (!wanted)
      return { finding: finding('patch-format', `it is no ${patchType}: ${shorten(text)}`) }
    const patched = isMerge
      ? applyMergePatch(object, json)
      : applyJSONPatch(object, Array.isArray(json) ? json : [])
    if (isObject(patched) && typeof patched['kind'] === 'string') return { object: patched }
    return { finding: finding('patch-apply', 'it leaves no object with a kind') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const rule = error instanceof SyntaxError ? 'patch-format' : 'patch-apply'
    return { finding: finding(rule, `${reason} in ${shorten(text)}`) }
  }
}

/** The object with the fields of the patched one, where that has them (internal/util/patch). */
export function copyFields(
  object: JsonObject,
  patched: JsonObject,
  fields: readonly (readonly string[])[],
): JsonObject {
  return fields.reduce((result, field) => {
    const value = at(patched, ...field)
    return value === undefined ? result : withValue(result, field, value)
  }, object)
}

/** The paths that a patch set and the controller did not keep. Empty objects do not count. */
export function droppedPaths(patched: JsonObject, kept: JsonObject): string[] {
  return differences(patched, kept, '', 'absent')
}

/** The first few of many paths. */
export function listPaths(paths: readonly string[]): string {
  const shown = 3
  const more = paths.length > shown ? ` and ${paths.length - shown} more` : ''
  return `${paths.slice(0, shown).join(', ')}${more}`
}

function shorten(text: string): string {
  const length = 80
  return text.length > length ? `${text.slice(0, length)}…` : text
}
