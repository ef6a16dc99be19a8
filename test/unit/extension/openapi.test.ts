import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { handlerPath } from '../../../src/contract/contract.ts'
import { Discovery } from '../../../src/contract/discovery.ts'
import { contracts } from '../../../src/contract/index.ts'
import { openApiDocument } from '../../../src/extension/openapi.ts'
import { defineHook } from '../../../src/handler/hook.ts'

const hooks = contracts
  .filter((contract) => contract !== Discovery)
  .map((contract) => defineHook(contract, () => {}))
const document: Record<string, unknown> = JSON.parse(JSON.stringify(openApiDocument(hooks)))

it('is valid OpenAPI 3.0', async () => {
  expect(await new Validator().validate(document)).toEqual({ valid: true })
})

it('has every endpoint that is served', () => {
  expect(Object.keys(Object(document['paths'])).sort()).toEqual(
    [
      '/hooks.runtime.cluster.x-k8s.io/v1alpha1/discovery',
      ...hooks.map(({ contract, name }) => handlerPath(contract, name)),
    ].sort(),
  )
})

it('has a schema for every reference', () => {
  const schemas = Object.keys(Object(Object(document['components'])['schemas']))
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)
  const names = new Set([...references].map(([, name]) => name))
  expect(schemas).toEqual(expect.arrayContaining([...names]))
  // The objects that hooks share are named once, not repeated.
  expect([...names]).toEqual(expect.arrayContaining(['Cluster', 'JSONSchemaProps', 'Variable']))
})
