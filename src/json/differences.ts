import { isObject } from './json.ts'
import { joinPath } from './path.ts'

/**
 * Paths at which two JSON values differ, such as `spec.files[0].path`. Objects are compared by key.
 *
 * @param emptyObjects `absent` where a missing object is as good as an empty one: typed clients add empty objects when
 *   they write an object again.
 */
export function differences(
  left: unknown,
  right: unknown,
  path = '',
  emptyObjects: 'values' | 'absent' = 'values',
): string[] {
  if (Object.is(left, right)) return []
  if (Array.isArray(left) && Array.isArray(right)) {
    const longest = left.length > right.length ? left : right
    return [...longest.keys()].flatMap((i) =>
      differences(left[i], right[i], `${path}[${i}]`, emptyObjects),
    )
  }
  const absent = emptyObjects === 'absent' ? {} : undefined
  const [first, second] = [left, right].map((value) => (value === undefined ? absent : value))
  if (!isObject(first) || !isObject(second)) return [path]
  return [...new Set([...Object.keys(first), ...Object.keys(second)])]
    .toSorted()
    .flatMap((key) => differences(first[key], second[key], joinPath(path, key), emptyObjects))
}
