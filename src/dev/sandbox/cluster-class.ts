import * as v from 'valibot'
import { JSONSchemaProps } from '../../contract/variables.ts'
import { StartError } from '../../messages/start-error.ts'
import { resolveVariables, type VariableValue } from '../simulator/variable-values.ts'
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
 * The variables of a new Cluster: those given, the defaults, and a plausible value for each other one that is required.
 * Throws StartError for one that the ClusterClass would refuse.
 */
export function variablesFor(
  clusterClass: Resource | undefined,
  given: Readonly<Record<string, unknown>>,
): readonly VariableValue[] {
  const known = v.parse(variablesSchema, clusterClass?.status?.['variables'] ?? [])
  const definitions = known.map(({ name, definitions: [definition] }) => ({ name, ...definition }))
  const { variables, problems } = resolveVariables(definitions, given)
  if (problems[0] !== undefined) throw new StartError(problems[0])
  return variables
}
