import { isObject, type JsonObject } from '../../../json/json.ts'
import { at } from '../../../json/path.ts'
import type { RecordingFile } from '../../../recording/read-recordings.ts'
import { clusterOfRequest } from './cluster-of-request.ts'

/** The variables that a Cluster sets. */
export interface ClusterVariables {
  /** Such as `default/demo`. */
  readonly cluster: string
  /** Values by name: of the Cluster, and those of parts of it that have their own. */
  readonly values: ReadonlyMap<string, readonly unknown[]>
  /** The names of those that the Cluster itself sets. */
  readonly own: ReadonlySet<string>
}

/** The variables of all Clusters in the recordings, as their requests show them. */
export function clusterVariables(recordings: readonly RecordingFile[]): ClusterVariables[] {
  return recordings.flatMap(({ recording: { request } }) => {
    const cluster = clusterOfRequest(request)
    const topology = at(request, 'cluster', 'spec', 'topology')
    const own = namedValues(at(topology, 'variables') ?? request['variables'])
    const ofParts = isObject(topology)
      ? partsOf(topology).flatMap((part) => namedValues(at(part, 'variables', 'overrides')))
      : itemsOf(request).flatMap((item) => namedValues(item['variables']))
    if (own.length === 0 && ofParts.length === 0) return []
    const values = new Map<string, unknown[]>()
    for (const { name, value } of [...own, ...ofParts])
      values.set(name, [...(values.get(name) ?? []), value])
    return [{ cluster, values, own: new Set(own.map(({ name }) => name)) }]
  })
}

function partsOf(topology: JsonObject): unknown[] {
  const workers = ['machineDeployments', 'machinePools'].map((kind) =>
    at(topology, 'workers', kind),
  )
  return [
    at(topology, 'controlPlane'),
    ...workers.flatMap((list) => (Array.isArray(list) ? list : [])),
  ]
}

const itemsOf = ({ items }: JsonObject) => (Array.isArray(items) ? items.filter(isObject) : [])

function namedValues(list: unknown): { name: string; value: unknown }[] {
  return (Array.isArray(list) ? list.filter(isObject) : []).flatMap(({ name, value }) =>
    typeof name === 'string' && name !== 'builtin' ? [{ name, value }] : [],
  )
}
