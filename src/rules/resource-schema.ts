import type { JSONSchemaProps } from '../contract/variables.ts'

/** The part of an OpenAPI v3 schema that a CustomResourceDefinition may use beside that of a variable. */
export interface ResourceSchema extends JSONSchemaProps {
  nullable?: boolean | undefined
  items?: ResourceSchema | undefined
  properties?: Record<string, ResourceSchema> | undefined
  additionalProperties?: ResourceSchema | undefined
  'x-kubernetes-embedded-resource'?: boolean | undefined
  'x-kubernetes-list-type'?: string | undefined
  'x-kubernetes-list-map-keys'?: string[] | undefined
}
