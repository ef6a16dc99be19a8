import type { Cluster } from '../contract/cluster.ts'
import { merge } from '../json/merge.ts'
import { byName } from '../topology/variable-values.ts'
import { builtinVariable, clusterBuiltin, type ObjectNames } from './builtins.ts'
import { clonedFrom, type WholeObject } from './provider-object.ts'
import type { Topology, TopologyOptions } from './topology-options.ts'
import { placesOf, type TemplatePlace } from './topology-places.ts'

/** The templates and variables of a Cluster whose objects have these names. Throws TypeError when it has no topology. */
export function topologyItems(
  { metadata, spec, ...type }: Cluster,
  options: TopologyOptions,
  names: ObjectNames,
): Topology {
  const { topology } = spec
  if (!topology) throw new TypeError(`the Cluster ${metadata.name} has no spec.topology`)
  const cluster = { ...type, metadata, spec: { ...spec, topology } }
  const variables = { ...byName(topology.variables), ...options.variables }
  return {
    variables: [
      ...Object.entries(variables).map(([name, value]) => ({ name, value })),
      builtinVariable(clusterBuiltin(cluster)),
    ],
    items: placesOf(cluster, options, names).map((place) => itemOf(place, metadata.namespace)),
  }
}

function itemOf(place: TemplatePlace, namespace: string): Topology['items'][number] {
  const { owner, fieldPath, template, labels, staysTemplate, variables } = place
  const { spec } = template
  const marks: WholeObject['metadata'] = {
    labels,
    annotations: clonedFrom(template, template.metadata.name),
  }
  const metadata = { namespace, ...template.metadata }
  return {
    uid: [owner.kind, owner.name, fieldPath].join(' '),
    holderReference: { ...owner, namespace, fieldPath },
    object: staysTemplate
      ? { ...template, metadata: merge(marks, metadata) }
      : { ...template, metadata, spec: merge<object>({ template: { metadata: marks } }, spec) },
    ...(variables && { variables }),
  }
}
