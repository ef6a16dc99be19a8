import { isObject, type JsonObject } from '../../json/json.ts'

export { isObject, type JsonObject }

/** The value at the end of the keys, undefined when there is none. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((parent, key) => (isObject(parent) ? parent[key] : undefined), value)
}

/** A copy of the object with the value at the end of the keys; undefined takes the last key away. */
export function withValue(object: JsonObject, keys: readonly string[], value: unknown): JsonObject {
  const [key, ...rest] = keys
  if (key === undefined) throw new RangeError('withValue needs a key')
  const { [key]: current, ...others } = object
  if (rest.length > 0) {
    if (!isObject(current) && value === undefined) return object
    return { ...object, [key]: withValue(isObject(current) ? current : {}, rest, value) }
  }
  return value === undefined ? others : { ...object, [key]: value }
}

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

/** `spec` and `files` are `spec.files`; a key with other signs is quoted in brackets. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

/** The value without the empty objects in it, which typed clients add when they write an object again. */
export function withoutEmptyObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyObjects)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, child]) => [key, withoutEmptyObjects(child)])
  const kept = entries.filter(([, child]) => !(isObject(child) && Object.keys(child).length === 0))
  return Object.fromEntries(kept)
}
