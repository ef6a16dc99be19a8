import * as v from 'valibot'
import { JSONSchemaProps } from '../../contract/variables.ts'
import type { JsonObject } from '../../json/json.ts'
import { plausibleValue } from '../simulator/variable-values.ts'
import type { DiscoveredHandler } from './extension-config.ts'
import type { Resource } from './objects.ts'

/**
 * A ClusterClass with these handlers in place of the ones that it names, behind inline patches and their
 * variables. Each patch names a handler that discovers variables, since a patch gets only the variables that it
 * discovers itself (patches/engine.go).
 */
export function nameHandlers(
  clusterClass: Resource,
  inline: Resource,
  handlers: readonly DiscoveredHandler[],
): Resource {
  const names = (hook: string) =>
    handlers.filter((handler) => handler.hook === hook).map(({ name }) => name)
  const [discover, generate, validate] = [
    names('DiscoverVariables'),
    names('GeneratePatches'),
    names('ValidateTopology'),
  ]
  // A patch has to generate or to validate (core/webhooks/admission/patch_validation.go).
  const external = Array.from(
    { length: Math.max(generate.length, validate.length) },
    (_, index) => ({
      name: `extension-${index}`,
      external: {
        discoverVariablesExtension: discover[index] ?? discover[0],
        generatePatchesExtension: generate[index],
        validateTopologyExtension: validate[index],
      },
    }),
  )
  const [plan] = names('GenerateUpgradePlan')
  const { upgrade: _, ...spec } = clusterClass.spec ?? {}
  const inlinePatches: unknown = inline.spec?.['patches']
  const patches = Array.isArray(inlinePatches) ? inlinePatches : []
  return {
    ...clusterClass,
    spec: {
      ...spec,
      ...inline.spec,
      patches: [...patches, ...external],
      ...(plan && { upgrade: { external: { generateUpgradePlanExtension: plan } } }),
    },
  }
}

const variablesSchema = v.array(
  v.object({
    name: v.string(),
    definitions: v.tupleWithRest(
      [
        v.object({
          required: v.optional(v.boolean(), false),
          schema: v.object({ openAPIV3Schema: JSONSchemaProps }),
        }),
      ],
      v.unknown(),
    ),
  }),
)

/**
 * The variables of a new Cluster: those of a manifest that the ClusterClass has, and a plausible value for each
 * other one that is required.
 */
export function variablesFor(
  clusterClass: Resource | undefined,
  given: readonly JsonObject[],
): JsonObject[] {
  const known = v.parse(variablesSchema, clusterClass?.status?.['variables'] ?? [])
  return known.flatMap(({ name, definitions: [{ required, schema }] }) => {
    const set = given.find((variable) => variable['name'] === name)
    if (set) return [set]
    const { openAPIV3Schema } = schema
    const isMissing = required && openAPIV3Schema.default === undefined
    return isMissing ? [{ name, value: plausibleValue(openAPIV3Schema) }] : []
  })
}
