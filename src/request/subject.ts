import { isObject, type JsonObject, objectAt } from '../json/json.ts'

/** The Cluster, and the Machine or MachineSet, that a request is about, as fields of a log line. */
export function subjectOf(request: object): Record<string, unknown> {
  const cluster = objectAt(request, ['cluster', 'metadata'])
  if (cluster) return { Cluster: nameOf(cluster) }
  for (const [kind, path] of [
    ['Machine', ['desired', 'machine']],
    ['MachineSet', ['desired', 'machineSet']],
  ] as const) {
    const object = objectAt(request, path)
    const metadata = objectAt(object, ['metadata'])
    if (!metadata) continue
    const name = objectAt(object, ['spec'])?.['clusterName']
    return { Cluster: { name, namespace: metadata['namespace'] }, [kind]: nameOf(metadata) }
  }
  const builtin = builtinCluster(request)
  return builtin ? { Cluster: nameOf(builtin) } : {}
}

const nameOf = ({ name, namespace }: JsonObject) => ({ name, namespace })

/** The Cluster in the variable `builtin` of GeneratePatches and ValidateTopology. */
function builtinCluster(request: object): JsonObject | undefined {
  const variables: unknown = 'variables' in request ? request.variables : undefined
  if (!Array.isArray(variables)) return undefined
  const builtin: unknown = variables.find(
    (variable: unknown) => isObject(variable) && variable['name'] === 'builtin',
  )
  return objectAt(builtin, ['value', 'cluster'])
}
