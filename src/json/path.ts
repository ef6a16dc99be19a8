import { isObject, type JsonObject } from './json.ts'

/** A field of an object; what the object inherits, such as `constructor`, is no field. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The value at the end of the keys, undefined when there is none. */
export function at(json: unknown, ...keys: readonly string[]): unknown {
  let value = json
  for (const key of keys) value = isObject(value) ? field(value, key) : undefined
  return value
}

/** A copy of the object with the value at the end of the keys; undefined takes the last key away. */
export function withValue(object: JsonObject, keys: readonly string[], value: unknown): JsonObject {
  const [key, ...rest] = keys
  if (key === undefined) throw new RangeError('withValue needs a key')
  const current = field(object, key)
  if (rest.length > 0) {
    if (!isObject(current) && value === undefined) return object
    return { ...object, [key]: withValue(isObject(current) ? current : {}, rest, value) }
  }
  if (value !== undefined) return { ...object, [key]: value }
  const { [key]: _, ...others } = object
  return others
}

/** The JSON Pointer (RFC 6901) to a field. */
export function pointerTo(key: string): string {
  return `/${/[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key}`
}

/** The keys of a JSON Pointer. */
export function keysOfPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** `spec` and `files` are `spec.files`; a key with other signs is quoted in brackets. */
export function joinPath(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
