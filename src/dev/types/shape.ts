import { isObject, type JsonObject, objectAt } from '../../json/json.ts'
import { literal } from './write.ts'

/** The part of an OpenAPI schema that a type can express. */
export type Shape = UnionShape | CollectionShape | ObjectShape

interface UnionShape extends Nullable {
  readonly type: 'union'
  /** As they stand in a type, such as `string` or `'a'`. */
  readonly members: readonly string[]
}
interface CollectionShape extends Nullable {
  readonly type: 'list' | 'map'
  readonly of: Shape
}
interface Nullable {
  readonly nullable?: boolean
}

/** An object with the fields that it may have. */
export interface ObjectShape extends Nullable {
  readonly type: 'object'
  readonly fields: readonly Field[]
  /** Whether it may have others, too. */
  readonly open: boolean
}

/** A field of an object. */
export interface Field {
  readonly name: string
  readonly required: boolean
  readonly shape: Shape
  readonly description: string
}

/** What a schema says of itself; empty when it says nothing. */
export function descriptionOf({ description }: JsonObject): string {
  return typeof description === 'string' ? description : ''
}

/** Reads a structural schema, as a CustomResourceDefinition has it. */
export function shapeOf(schema: JsonObject): Shape {
  const shape = shapeWithoutNull(schema)
  return schema['nullable'] === true ? { ...shape, nullable: true } : shape
}

function shapeWithoutNull(schema: JsonObject): Shape {
  if (schema['x-kubernetes-int-or-string'] === true) return union('number', 'string')
  const values = enumOf(schema)
  if (values) return union(...values)
  switch (schema['type']) {
    case 'array':
      return { type: 'list', of: shapeOf(objectAt(schema, ['items']) ?? {}) }
    case 'object':
      return objectShape(schema)
    case 'integer':
    case 'number':
      return union('number')
    case 'boolean':
    case 'string':
      return union(schema['type'])
    default:
      return union('unknown')
  }
}

const union = (...members: string[]): Shape => ({ type: 'union', members })

/** The literals that a value can be. Some generators write the same enum twice, into allOf. */
function enumOf({ enum: values, allOf }: JsonObject): string[] | undefined {
  const own = Array.isArray(values) ? [values] : []
  const all = Array.isArray(allOf) ? allOf.filter((schema) => isObject(schema)) : []
  const [first, ...others] = [...own, ...all.map((schema) => schema['enum']).filter(Array.isArray)]
  return first
    ?.filter((value) => value !== null && others.every((other) => other.includes(value)))
    .map(literal)
}

function objectShape(schema: JsonObject): Shape {
  const embedded = schema['x-kubernetes-embedded-resource'] === true
  const open = embedded || schema['x-kubernetes-preserve-unknown-fields'] === true
  const properties = { ...(embedded && embeddedFields), ...objectAt(schema, ['properties']) }
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const fields = Object.entries(properties).map(([name, property]): Field => {
    const inner = isObject(property) ? property : {}
    return {
      name,
      required: required.includes(name) || (embedded && name in embeddedFields),
      shape: shapeOf(inner),
      description: descriptionOf(inner),
    }
  })
  if (fields.length > 0) return { type: 'object', fields, open }
  const values = schema['additionalProperties']
  if (isObject(values)) return { type: 'map', of: shapeOf(values) }
  // The API server removes what an object without fields has.
  return { type: 'map', of: union(open || values === true ? 'unknown' : 'never') }
}

const embeddedFields = { apiVersion: { type: 'string' }, kind: { type: 'string' } }
