import type { JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'

/** The name of an object with its namespace, `default` unless it has one. */
export function fullName(object: JsonObject): string {
  return `${namespaceOf(object)}/${at(object, 'metadata', 'name')}`
}

/** The namespace of an object, `default` unless it has one. */
export function namespaceOf(object: JsonObject): string {
  return String(at(object, 'metadata', 'namespace') ?? 'default')
}
