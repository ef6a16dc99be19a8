import { apiVersion } from '../contract/contract.ts'
import type { Variable } from '../contract/topology.ts'
import type { JsonObject } from '../json/json.ts'
import { builtinVariable, clusterBuiltin } from './builtins.ts'
import type { Definition } from './definitions.ts'
import { variablesOf } from './item.ts'
import type { TopologyCluster } from './parts.ts'
import type { TemplatePlace } from './places.ts'
import type { ClusterClassPatch } from './read-cluster-class.ts'
import type { Item, RenderedHook } from './types.ts'

/** The templates of a Cluster between two patches, with the variables of one of them. */
export interface Templates {
  readonly variables: readonly Variable[]
  readonly items: readonly Item[]
}

/** What a Cluster's templates and variables are, whatever the patch. */
export interface Topology {
  readonly cluster: TopologyCluster
  /** In the order of the items. */
  readonly places: readonly TemplatePlace[]
  readonly definitions: readonly Definition[]
}

/**
 * The items with the variables of a patch: only those that itself defines, or for an inline patch those of the spec of the
 * ClusterClass (addVariablesForPatch in patches/engine.go). Without a patch: all.
 */
export function withVariables(
  { cluster, places, definitions }: Topology,
  items: readonly Item[],
  patch?: ClusterClassPatch,
): Templates {
  const from = patch?.external ? patch.name : 'inline'
  const defined = new Set(
    definitions.filter((definition) => !patch || definition.from === from).map(({ name }) => name),
  )
  const known = (cluster.spec.topology.variables ?? []).filter(
    ({ name }) => name !== 'builtin' && defined.has(name),
  )
  return {
    variables: [
      ...known.map(({ name, value }) => ({ name, value })),
      builtinVariable(clusterBuiltin(cluster)),
    ],
    items: items.map((item, index) => {
      const place = places[index]
      const variables = place && variablesOf(place, (name) => defined.has(name))
      return { ...item, ...(variables && { variables }) }
    }),
  }
}

/** A request with the settings of the patch. */
export function requestOf(
  hook: RenderedHook,
  { external }: ClusterClassPatch,
  content: object = {},
): JsonObject {
  const settings = external?.settings
  return { apiVersion, kind: `${hook}Request`, ...(settings && { settings }), ...content }
}
