import { toJsonSchemaDefs } from '@valibot/to-json-schema'
import { Cluster } from '../contract/cluster.ts'
import { Patch } from '../contract/common.ts'
import { handlerPath, version } from '../contract/contract.ts'
import { ExtensionHandler } from '../contract/discovery.ts'
import { Machine, MachineSet } from '../contract/machine.ts'
import { HolderReference, Variable } from '../contract/topology.ts'
import { ClusterClassVariable, JSONSchemaProps } from '../contract/variables.ts'
import type { Hook } from '../handler/hook.ts'
import { discoveryOf } from './discovery.ts'

/** The OpenAPI 3.0 document of the paths of these hooks, made from the schemas of the contract. */
export function openApiDocument(hooks: readonly Hook[]) {
  const all = [discoveryOf(hooks), ...hooks]
  return {
    openapi: '3.0.3',
    info: { title: 'Cluster API runtime extension', version },
    paths: Object.fromEntries(
      all.map((hook) => [handlerPath(hook.contract, hook.name || undefined), { post: post(hook) }]),
    ),
    components: { schemas: schemasOf(all) },
  }
}

function post({ contract, name }: Hook) {
  const json = (schema: string) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
  })
  return {
    operationId: name === '' ? contract.hook : `${contract.hook}-${name}`,
    summary: contract.summary,
    parameters: [
      {
        name: 'timeout',
        in: 'query',
        description: 'How long the controller waits, a Go duration such as 10s.',
        schema: { type: 'string' },
      },
    ],
    requestBody: { required: true, content: json(`${contract.hook}Request`) },
    responses: {
      200: { description: 'Success or Failure.', content: json(`${contract.hook}Response`) },
      500: { description: 'A bug of the handler, or its deadline: failurePolicy decides.' },
      503: { description: 'Too many calls in flight: failurePolicy decides.' },
    },
  }
}

/** Schemas that several hooks share, by the names that Cluster API gives them. */
const shared = {
  Cluster,
  Machine,
  MachineSet,
  HolderReference,
  Variable,
  Patch,
  ExtensionHandler,
  ClusterClassVariable,
  JSONSchemaProps,
}

function schemasOf(hooks: readonly Hook[]) {
  const own = hooks.flatMap(({ contract: { hook, request, response } }) => [
    [`${hook}Request`, request],
    [`${hook}Response`, response],
  ])
  return toJsonSchemaDefs(
    { ...shared, ...Object.fromEntries(own) },
    {
      target: 'openapi-3.0',
      // OpenAPI 3.0 allows no empty list of required fields, and its word for base64 is byte.
      overrideSchema: ({ jsonSchema: { required, ...schema } }) =>
        required?.length ? { ...schema, required } : schema,
      overrideAction: ({ valibotAction, jsonSchema: { contentEncoding: _, ...schema } }) =>
        valibotAction.type === 'base64' ? { ...schema, format: 'byte' } : undefined,
      overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    },
  )
}
