import { dump } from 'js-yaml'

/** A CustomResourceDefinition as YAML, with a schema for each served version. */
export function definition(
  kind: string,
  schemas: Record<string, object>,
  group = 'example.com',
): string {
  const versions = Object.entries(schemas).map(([name, openAPIV3Schema]) => ({
    name,
    served: true,
    storage: true,
    schema: { openAPIV3Schema },
  }))
  return dump({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.${group}` },
    spec: { group, names: { kind }, versions },
  })
}

/** The schema of an object with a spec of these properties. */
export function withSpec(properties: object, required: string[] = []): object {
  return object({ spec: object(properties, required) }, ['spec'])
}

export function object(properties: object, required: string[] = []): object {
  return { type: 'object', properties, required }
}

export const text = { type: 'string' }
export const list = (items: object) => ({ type: 'array', items })
export const map = (additionalProperties: object) => ({ type: 'object', additionalProperties })
