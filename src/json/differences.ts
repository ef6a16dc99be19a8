import { isObject } from './json.ts'
import { joinPath } from './path.ts'

/** Paths at which two JSON values differ, such as `spec.files[0].path`. Objects are compared by key. */
export function differences(left: unknown, right: unknown, path = ''): string[] {
  if (Object.is(left, right)) return []
  if (Array.isArray(left) && Array.isArray(right)) {
    const longest = left.length > right.length ? left : right
    return [...longest.keys()].flatMap((i) => differences(left[i], right[i], `${path}[${i}]`))
  }
  if (!isObject(left) || !isObject(right)) return [path]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .toSorted()
    .flatMap((key) => differences(left[key], right[key], joinPath(path, key)))
}

/** The value without the empty objects in it, which typed clients add when they write an object again. */
export function withoutEmptyObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyObjects)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, child]) => [key, withoutEmptyObjects(child)])
  const kept = entries.filter(([, child]) => !(isObject(child) && Object.keys(child).length === 0))
  return Object.fromEntries(kept)
}
