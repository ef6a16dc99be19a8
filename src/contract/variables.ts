import * as v from 'valibot'
import { integer, json, text } from './common.ts'

const object = v.strictObject
const labelsAndAnnotations = object({
  annotations: v.optional(v.record(text, text)),
  labels: v.optional(v.record(text, text)),
})
const validationRule = object({
  rule: text,
  fieldPath: v.optional(text),
  message: v.optional(text),
  messageExpression: v.optional(text),
  reason: v.optional(text),
})

/**
 * The part of an OpenAPI v3 schema that a ClusterClass variable may use
 * (api/core/v1beta2/clusterclass_types.go).
 */
export interface JSONSchemaProps {
  type?: string | undefined
  description?: string | undefined
  default?: unknown
  example?: unknown
  enum?: unknown[] | undefined
  format?: string | undefined
  pattern?: string | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  exclusiveMinimum?: boolean | undefined
  exclusiveMaximum?: boolean | undefined
  items?: JSONSchemaProps | undefined
  minItems?: number | undefined
  maxItems?: number | undefined
  uniqueItems?: boolean | undefined
  properties?: Record<string, JSONSchemaProps> | undefined
  additionalProperties?: JSONSchemaProps | undefined
  required?: string[] | undefined
  minProperties?: number | undefined
  maxProperties?: number | undefined
  allOf?: JSONSchemaProps[] | undefined
  anyOf?: JSONSchemaProps[] | undefined
  oneOf?: JSONSchemaProps[] | undefined
  not?: JSONSchemaProps | undefined
  'x-kubernetes-int-or-string'?: boolean | undefined
  'x-kubernetes-preserve-unknown-fields'?: boolean | undefined
  'x-kubernetes-validations'?: v.InferOutput<typeof validationRule>[] | undefined
  'x-metadata'?: v.InferOutput<typeof labelsAndAnnotations> | undefined
}

const nested = v.lazy(() => JSONSchemaProps)

/** Checks a schema that Cluster API takes for a variable. */
export const JSONSchemaProps: v.GenericSchema<JSONSchemaProps> = object({
  type: v.optional(text),
  description: v.optional(text),
  default: v.optional(json),
  example: v.optional(json),
  enum: v.optional(v.array(json)),
  format: v.optional(text),
  pattern: v.optional(text),
  minLength: v.optional(integer),
  maxLength: v.optional(integer),
  minimum: v.optional(integer),
  maximum: v.optional(integer),
  exclusiveMinimum: v.optional(v.boolean()),
  exclusiveMaximum: v.optional(v.boolean()),
  items: v.optional(nested),
  minItems: v.optional(integer),
  maxItems: v.optional(integer),
  uniqueItems: v.optional(v.boolean()),
  properties: v.optional(v.record(text, nested)),
  additionalProperties: v.optional(nested),
  required: v.optional(v.array(text)),
  minProperties: v.optional(integer),
  maxProperties: v.optional(integer),
  allOf: v.optional(v.array(nested)),
  anyOf: v.optional(v.array(nested)),
  oneOf: v.optional(v.array(nested)),
  not: v.optional(nested),
  'x-kubernetes-int-or-string': v.optional(v.boolean()),
  'x-kubernetes-preserve-unknown-fields': v.optional(v.boolean()),
  'x-kubernetes-validations': v.optional(v.array(validationRule)),
  'x-metadata': v.optional(labelsAndAnnotations),
})

/**
 * One variable as DiscoverVariables answers it.
 *
 * @example
 * ```ts
 * const isRequired = ({ required }: ClusterClassVariable) => required
 * ```
 */
export const ClusterClassVariable = object({
  name: text,
  required: v.boolean(),
  schema: object({ openAPIV3Schema: JSONSchemaProps }),
  deprecatedV1Beta1Metadata: v.optional(labelsAndAnnotations),
})
/** One variable as DiscoverVariables answers it. */
export interface ClusterClassVariable extends v.InferOutput<typeof ClusterClassVariable> {}
