import { isObject, type JsonObject } from '../../../json/json.ts'
import { at } from '../../../json/path.ts'
import { byName } from '../../../topology/variable-values.ts'

/** Namespace and name of the Cluster that a request is about, such as `default/demo`; empty when it is about none. */
export function clusterOfRequest(request: JsonObject): string {
  const cluster = at(request, 'cluster', 'metadata') ?? at(builtinsOf(request), 'cluster')
  if (isObject(cluster)) return `${cluster['namespace'] ?? ''}/${cluster['name'] ?? ''}`
  for (const state of ['desired', 'current'])
    for (const kind of ['machine', 'machineSet']) {
      const object = at(request, state, kind)
      const [namespace, name] = [
        at(object, 'metadata', 'namespace'),
        at(object, 'spec', 'clusterName'),
      ]
      if (name !== undefined) return `${namespace ?? ''}/${name}`
    }
  return ''
}

function builtinsOf({ variables }: JsonObject): unknown {
  const known = Array.isArray(variables) ? variables.filter(isNamed) : []
  return byName(known)['builtin']
}

const isNamed = (value: unknown): value is { name: string; value: unknown } =>
  isObject(value) && typeof value['name'] === 'string'
