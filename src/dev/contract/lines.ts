import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { handlerPath } from '../../contract/contract.ts'
import { contracts } from '../../contract/index.ts'

interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema
  anyOf?: Schema[]
  $defs?: Record<string, Schema>
}

/** The contract of a release of Cluster API, as `generateContract` gives it. */
export interface Contract {
  hooks: Record<string, { path: string; request: string; response: string }>
  schemas: Record<string, Schema>
}

/** For each hook what its contract says, in lines such as `request.cluster.spec.paused boolean`. */
export type Lines = ReadonlyMap<string, readonly string[]>

/** What Cluster API says. */
export function theirLines({ hooks, schemas }: Contract): Lines {
  const linesOf = (name: string, side: string) => schemaLines({ $ref: name }, schemas, side)
  const entries = Object.entries(hooks).map(([hook, of]): [string, string[]] => {
    const { path, request, response } = of
    const blocking = 'retryAfterSeconds' in (schemas[response]?.properties ?? {})
    const sides = [...linesOf(request, 'request'), ...linesOf(response, 'response')]
    return [hook, [`path ${path}`, `blocking ${blocking}`, ...sides]]
  })
  return new Map(entries)
}

/** What src/contract says. */
export function ourLines(): Lines {
  const linesOf = (schema: v.GenericSchema, side: string) => {
    const json = toJsonSchema(schema, { errorMode: 'ignore' }) as Schema
    return schemaLines(json, json.$defs ?? {}, side)
  }
  const entries = contracts.map((contract): [string, string[]] => {
    const { hook, blocking, request, response } = contract
    const path = handlerPath(contract, hook === 'Discovery' ? undefined : '{name}')
    const sides = [...linesOf(request, 'request'), ...linesOf(response, 'response')]
    return [hook, [`path ${path}`, `blocking ${blocking}`, ...sides]]
  })
  return new Map(entries)
}

function schemaLines(
  schema: Schema,
  definitions: Record<string, Schema>,
  path: string,
  nested = false,
): string[] {
  const name = schema.$ref?.replace('#/$defs/', '')
  if (name !== undefined) {
    const target = definitions[name]
    if (target === undefined) throw new Error(`no schema ${name}`)
    return schemaLines(target, definitions, path, nested)
  }
  const isJSONSchemaProps = schema.properties?.['x-metadata'] !== undefined
  if (isJSONSchemaProps && nested) return [`${path} JSONSchemaProps`]
  const options = schema.anyOf?.filter((option) => option.type !== 'null')
  if (options?.length === 1 && options[0]) return schemaLines(options[0], definitions, path, nested)
  const type = options ? 'any' : (schema.type ?? 'any')
  const result = [`${path} ${type}`]
  if (schema.enum) result.push(`${path} enum ${schema.enum.toSorted().toReversed().join(',')}`)
  for (const required of schema.required ?? []) result.push(`${path}.${required} required`)
  for (const [key, value] of Object.entries(schema.properties ?? {}))
    result.push(...schemaLines(value, definitions, `${path}.${key}`, nested || isJSONSchemaProps))
  if (schema.items) result.push(...schemaLines(schema.items, definitions, `${path}[]`, nested))
  if (schema.additionalProperties?.type)
    result.push(...schemaLines(schema.additionalProperties, definitions, `${path}{}`, nested))
  return result
}
