import { equal } from '../json/diff.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { field, joinPath } from '../json/path.ts'
import { type ListItem, matchItems } from './match-items.ts'
import type { Change } from './verdict.ts'

/**
 * The fields that differ between two templates, in the order of their paths. Items of lists are matched, so that one that
 * comes first is one change. An empty object counts as a value, as it does for the API server.
 */
export function changesOf(before: JsonObject, after: JsonObject, template: string): Change[] {
  const changes: Change[] = []
  compare(before, after, '', (path, before, after) =>
    changes.push({ path, before, after, template }),
  )
  return changes
}

type Report = (path: string, before: unknown, after: unknown) => void

function compare(before: unknown, after: unknown, path: string, report: Report): void {
  if (Object.is(before, after)) return
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, report)
  else if (isObject(before) && isObject(after))
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted())
      compare(field(before, key), field(after, key), joinPath(path, key), report)
  else report(path, before, after)
}

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  report: Report,
): void {
  if (equal(before, after)) return
  const { pairs, order } = matchItems(before, after)
  // The API server compares whole lists: another order of the same items is another list.
  if (order) report(path, order.before, order.after)
  for (const [left, right] of pairs) {
    const index = (item: ListItem | undefined) => `${path}[${item?.index}]`
    // An item that is gone has its place of before, any other its place of now.
    if (left && right) compare(left.value, right.value, index(right), report)
    else report(index(right ?? left), left?.value, right?.value)
  }
}
