import type { Variable } from '../../contract/topology.ts'
import { isObject, type JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'
import { byName } from '../../topology/variable-values.ts'
import type { Item } from '../types.ts'

/** An inline patch that is not understood. */
export class InlinePatchError extends Error {
  override name = 'InlinePatchError'
}

/** What Cluster API makes of an inline patch. */
export function generateInlinePatches(
  patch: JsonObject,
  items: readonly Item[],
  globalVariables: readonly Variable[],
) {
  if (patch['enabledIf']) throw new InlinePatchError('enabledIf is not understood yet')
  const definitions = Array.isArray(patch['definitions']) ? patch['definitions'] : []
  const patches: { uid: string; patchType: 'JSONPatch'; patch: string }[] = []
  const matched = new Set<string>()
  for (const { uid, object, holderReference, variables } of items)
    for (const { selector, jsonPatches } of definitions) {
      if (selector.kind !== object['kind'] || selector.apiVersion !== object['apiVersion']) continue
      if (selector.matchResources.controlPlane !== (holderReference.kind === 'Cluster')) continue
      matched.add(uid)
      const values = { ...byName(globalVariables), ...byName(variables) }
      const operations = jsonPatches.map(({ op, path, value, valueFrom }: JsonObject) => {
        if (at(valueFrom, 'template'))
          throw new InlinePatchError('templates are not understood yet')
        const name = at(valueFrom, 'variable')
        return { op, path, value: isObject(valueFrom) ? values[String(name)] : value }
      })
      const text = Buffer.from(JSON.stringify(operations)).toString('base64')
      patches.push({ uid, patchType: 'JSONPatch', patch: text })
    }
  return { answer: { items: patches }, matched: [...matched], enabled: true }
}
