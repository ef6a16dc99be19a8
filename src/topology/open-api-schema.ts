import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { JSONSchemaProps } from '../contract/variables.ts'
import { patternOf } from './regexp-pattern.ts'

/**
 * The OpenAPI v3 schema of a variable, as a ClusterClass takes it. Throws when there is none; the
 * message says where and why.
 */
export function openAPIV3SchemaOf(schema: v.GenericSchema): JSONSchemaProps {
  const converted = toJsonSchema(schema, { target: 'openapi-3.0', overrideAction, overrideSchema })
  const result = v.safeParse(JSONSchemaProps, converted, { abortEarly: true })
  if (result.success) return structural(result.output)
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  if (issue.expected === 'never') throw new Error(`Cluster API has no keyword "${path}"`)
  throw new Error(`"${path}" must be ${issue.expected ?? issue.type}`)
}

// The converter leaves flags out; a pattern of RE2 can hold some of them.
const overrideAction: NonNullable<ConversionConfig['overrideAction']> = (context) => {
  const { valibotAction, jsonSchema } = context
  const requirement = 'requirement' in valibotAction && valibotAction.requirement
  if (!(requirement instanceof RegExp) || jsonSchema.pattern !== requirement.source) return
  return { ...jsonSchema, pattern: patternOf(requirement) }
}

// Where Cluster API has a word of its own for what valibot means.
const overrideSchema: NonNullable<ConversionConfig['overrideSchema']> = (context) => {
  const { type } = context.valibotSchema
  const schema = { ...context.jsonSchema }
  if (context.errors) return
  if (schema.required?.length === 0) delete schema.required
  // The controller refuses unknown fields of every object that does not allow them.
  if (type === 'strict_object') delete schema.additionalProperties
  if (type === 'any' || type === 'unknown' || type === 'loose_object')
    return { ...schema, ...{ 'x-kubernetes-preserve-unknown-fields': true } }
  if (type === 'literal') {
    const literal = typeof schema.enum?.[0]
    if (literal === 'string' || literal === 'number' || literal === 'boolean') schema.type = literal
  }
  if (type === 'union' && isIntOrString(schema.anyOf)) {
    delete schema.anyOf
    return { ...schema, ...{ 'x-kubernetes-int-or-string': true } }
  }
  return schema
}

function isIntOrString(alternatives: unknown[] = []): boolean {
  const json = alternatives.map((alternative) => JSON.stringify(alternative)).sort()
  return json.join() === '{"type":"integer"},{"type":"string"}'
}

/**
 * Refuses what the controller's check of structural schemas refuses
 * (clusterclass_variable_validation.go).
 */
function structural(schema: JSONSchemaProps, path = ''): JSONSchemaProps {
  for (const keyword of ['allOf', 'anyOf', 'oneOf', 'not'] as const)
    if (schema[keyword])
      throw new Error(`Cluster API takes no types in "${path}${keyword}": describe one type`)
  const untyped =
    !schema['x-kubernetes-int-or-string'] && !schema['x-kubernetes-preserve-unknown-fields']
  if (!schema.type && untyped) throw new Error(`"${path}type" is missing`)
  const { properties = {}, additionalProperties, items } = schema
  if (additionalProperties && Object.keys(properties).length > 0)
    throw new Error(
      `Cluster API takes "${path}properties" or "${path}additionalProperties", not both`,
    )
  for (const [name, property] of Object.entries(properties))
    structural(property, `${path}properties.${name}.`)
  if (additionalProperties) structural(additionalProperties, `${path}additionalProperties.`)
  if (items) structural(items, `${path}items.`)
  return schema
}
