import { readFileSync } from 'node:fs'
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { handlerPath } from '../../src/contract/contract.ts'
import { contracts } from '../../src/contract/index.ts'

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
interface Contract {
  hooks: Record<string, { path: string; request: string; response: string }>
  schemas: Record<string, Schema>
}

const capi: Contract = JSON.parse(
  readFileSync(new URL('contract-v1.14.2.json', import.meta.url), 'utf8'),
)

// Where the project differs from Cluster API's schema on purpose, by the end of the path. Nothing else may differ.
const looser: Record<string, string> = {
  'spec.topology.classRef required': 'v1beta1 Clusters have class instead',
  'Ref.apiGroup required': 'v1beta1 references have apiVersion instead',
}
const stricter: Record<string, string> = {
  '.metadata required': 'the controllers send objects that are stored',
  'metadata.name required': 'the controllers send objects that are stored',
  'metadata.namespace required': 'the controllers send objects that are stored',
  'patchType enum JSONPatch,JSONMergePatch': 'the controller knows no other (PatchType)',
  'failurePolicy enum Ignore,Fail': 'the controller refuses others when it validates Discovery',
}
// Left out of requests by the controllers (cleanupCluster and its like), or gone from Kubernetes.
const neverSent = /\.(cluster|machine|machineSet)\.(status|metadata\.(managedFields|clusterName))\b/

/** A schema as lines such as `cluster.spec.paused boolean`, so that a difference reads well. */
function lines(
  schema: Schema,
  definitions: Record<string, Schema>,
  path = '',
  nested = false,
): string[] {
  const name = schema.$ref?.replace('#/$defs/', '')
  if (name !== undefined) {
    const target = definitions[name]
    if (target === undefined) throw new Error(`no schema ${name}`)
    return lines(target, definitions, path, nested)
  }
  const isJSONSchemaProps = schema.properties?.['x-metadata'] !== undefined
  if (isJSONSchemaProps && nested) return [`${path} JSONSchemaProps`]
  const options = schema.anyOf?.filter((option) => option.type !== 'null')
  if (options?.length === 1 && options[0]) return lines(options[0], definitions, path, nested)
  const type = options ? 'any' : (schema.type ?? 'any')
  const result = [`${path} ${type}`]
  if (schema.enum) result.push(`${path} enum ${schema.enum.toSorted().toReversed().join(',')}`)
  for (const required of schema.required ?? []) result.push(`${path}.${required} required`)
  for (const [key, value] of Object.entries(schema.properties ?? {}))
    result.push(...lines(value, definitions, `${path}.${key}`, nested || isJSONSchemaProps))
  if (schema.items) result.push(...lines(schema.items, definitions, `${path}[]`, nested))
  if (schema.additionalProperties?.type)
    result.push(...lines(schema.additionalProperties, definitions, `${path}{}`, nested))
  return result
}

function ours(schema: v.GenericSchema): string[] {
  const json = toJsonSchema(schema, { errorMode: 'ignore' }) as Schema
  return lines(json, json.$defs ?? {})
}

function theirs(name: string): string[] {
  return lines({ $ref: name }, capi.schemas).filter((line) => !neverSent.test(line))
}

function difference(left: string[], right: string[], allowed: Record<string, string>): string[] {
  const known = new Set(right)
  return left.filter(
    (line) => !known.has(line) && !Object.keys(allowed).some((end) => line.endsWith(end)),
  )
}

it('has the hooks of Cluster API and no others', () => {
  expect(contracts.map(({ hook }) => hook).toSorted()).toEqual(Object.keys(capi.hooks).toSorted())
})

describe.each(contracts)('$hook', (contract) => {
  const hook = capi.hooks[contract.hook]
  if (!hook) throw new Error(`Cluster API has no hook ${contract.hook}`)

  it('has the path', () => {
    const name = contract.hook === 'Discovery' ? undefined : '{name}'
    expect(handlerPath(contract, name)).toBe(hook.path)
  })

  it('can block where Cluster API says so', () => {
    const properties = capi.schemas[hook.response]?.properties ?? {}
    expect(contract.blocking).toBe('retryAfterSeconds' in properties)
  })

  it.each([
    ['request', hook.request, contract.request],
    ['response', hook.response, contract.response],
  ])('has the names, types, required fields and enums of the %s', (_, name, schema) => {
    const [mine, capis] = [ours(schema), theirs(name)]
    expect({
      missing: difference(capis, mine, looser),
      surplus: difference(mine, capis, stricter),
    }).toEqual({ missing: [], surplus: [] })
  })
})
