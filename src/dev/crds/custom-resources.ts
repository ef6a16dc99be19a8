import { isObject, type JsonObject } from '../../json/json.ts'
import { joinPath } from '../../json/path.ts'
import { withDefaultValues } from '../../rules/default-values.ts'
import type { ResourceSchema } from '../../rules/resource-schema.ts'
import { type SchemaProblem, schemaProblems } from '../../rules/schema-value.ts'
import { childSchema, withoutNulls } from './nulls.ts'

/** The kinds of CustomResourceDefinitions, as the API server treats their objects. */
export interface CustomResources {
  /** Whether a version of a kind is known and served, `bootstrap.cluster.x-k8s.io/v1beta2`. */
  has(apiVersion: unknown, kind: unknown): boolean
  /**
   * The object as it is stored when it is created: with the defaults of its schema, and without fields
   * of null that say nothing. The object itself when its kind is unknown.
   */
  complete(object: JsonObject): JsonObject
  /**
   * Why the API server refuses the object in a server-side apply, or what it drops of it: unknown
   * fields, too, and a null that is not allowed. Empty when its kind is unknown. CEL rules
   * and formats of texts are not evaluated.
   */
  check(object: JsonObject): SchemaProblem[]
  /** Where CEL rules (x-kubernetes-validations) apply to the object, which `check` does not evaluate. */
  rulesOf(object: JsonObject): string[]
}

/** @param schemas The schema of each apiVersion and kind, `group/version, Kind=…` by `keyOf`. */
export function customResources(schemas: ReadonlyMap<string, ResourceSchema>): CustomResources {
  const schemaOf = ({ apiVersion, kind }: JsonObject) => schemas.get(keyOf(apiVersion, kind))
  const complete = (object: JsonObject) => {
    const schema = schemaOf(object)
    const completed = schema && withDefaultValues(schema, withoutNulls(schema, object))
    return isObject(completed) ? completed : object
  }
  return {
    has: (apiVersion, kind) => schemas.has(keyOf(apiVersion, kind)),
    complete,
    check(object) {
      const schema = schemaOf(object)
      return schema ? schemaProblems(schema, withDefaultValues(schema, object), '') : []
    },
    rulesOf(object) {
      const schema = schemaOf(object)
      return schema ? rulesBelow(schema, complete(object), '') : []
    },
  }
}

/** Names a version of a kind. */
export const keyOf = (apiVersion: unknown, kind: unknown) => `${apiVersion}, Kind=${kind}`

function rulesBelow(schema: ResourceSchema, value: unknown, path: string): string[] {
  const own = schema['x-kubernetes-validations'] ? [path] : []
  if (Array.isArray(value)) {
    const { items } = schema
    return [
      ...own,
      ...value.flatMap((item, i) => (items ? rulesBelow(items, item, `${path}[${i}]`) : [])),
    ]
  }
  if (!isObject(value)) return own
  const below = Object.entries(value).flatMap(([key, item]) => {
    const child = childSchema(schema, key)
    return child ? rulesBelow(child, item, joinPath(path, key)) : []
  })
  return [...own, ...below]
}
