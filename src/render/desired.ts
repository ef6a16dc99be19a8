import { copyFields } from '../rules/apply-patch.ts'
import type { Item } from './types.ts'

/** Items as the controller takes them, without what it drops. */
export function desiredItems(before: readonly Item[], items: readonly Item[]): Item[] {
  return items.map((item, index) => ({
    ...item,
    object: copyFields(before[index]?.object ?? {}, item.object, [['spec']]),
  }))
}
