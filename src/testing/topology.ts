import { clusterOf } from './cluster.ts'
import { topologyItems } from './topology-items.ts'
import type { Topology, TopologyOptions } from './topology-options.ts'

/**
 * The templates and variables of a Cluster, also the variable `builtin`: what GeneratePatches and ValidateTopology are
 * sent. Throws TypeError when the Cluster has no `spec.topology`.
 *
 * @example
 * ```ts
 * const request = requestOf(GeneratePatches, topologyOf({ variables: { proxy: 'http://proxy:3128' } }))
 * const answer = await callHook(generatePatches, request)
 * const { spec } = patchedTemplate(request, answer, KubeadmControlPlaneTemplate)
 * ```
 */
export function topologyOf(options: TopologyOptions = {}): Topology {
  const { cluster = clusterOf() } = options
  const { name } = cluster.metadata
  return topologyItems(cluster, options, {
    controlPlane: cluster.spec.controlPlaneRef?.name ?? `${name}-control-plane`,
    controlPlaneMachines: `${name}-control-plane`,
    workers: (topologyName) => {
      const own = `${name}-${topologyName}`
      return { owner: own, bootstrap: own, infrastructure: own }
    },
  })
}
