import { isObject, type JsonObject, objectAt } from '../../json/json.ts'
import type { ProjectFiles } from './project-files.ts'

interface Right {
  readonly group: string
  readonly resource: string
  readonly verbs: readonly string[]
}

// What state does (src/kubernetes/state.ts).
const configMaps: Right = { group: '', resource: 'configmaps', verbs: ['get', 'create', 'patch'] }
const machines: Right = { group: 'cluster.x-k8s.io', resource: 'machines', verbs: ['get'] }

/** Whether the roles of the project let it do what its handlers do. */
export function findRightsProblems({ sources, objects }: ProjectFiles): string[] {
  const calls = [...sources.values()].join('\n')
  // In code, and not in the comments above it.
  const code = calls.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
  const rights = [
    ...(/\bstate\(/.test(code) ? [configMaps] : []),
    ...(/\bstate\([\w.]*\bmachine\)/.test(code) ? [machines] : []),
  ]
  const roles = objects.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role')
  const rules = roles.flatMap((role) => listOf(role, 'rules'))
  if (objects.length === 0) return []
  const missing = rights.flatMap(({ group, resource, verbs }) => {
    const lacking = verbs.filter(
      (verb) => !rules.some((rule) => allows(rule, group, resource, verb)),
    )
    const rule = `{apiGroups: [${group || '""'}], resources: [${resource}], verbs: [${lacking.join(', ')}]}`
    return lacking.length === 0
      ? []
      : [`state is used: add to the rules of manifests/deploy/rbac.yaml: ${rule}`]
  })
  const usesApi = rights.length > 0 || /\bapi\.(get|list|create|patch|apply)\b/.test(code)
  return [...missing, ...(usesApi ? findUnboundNamespaces(objects) : [])]
}

function allows(rule: JsonObject, group: string, resource: string, verb: string): boolean {
  const has = (field: string, value: string) => {
    const values = rule[field]
    return Array.isArray(values) && (values.includes(value) || values.includes('*'))
  }
  return has('apiGroups', group) && has('resources', resource) && has('verbs', verb)
}

/** Namespaces whose Clusters call the extension, and in which it may do nothing. */
function findUnboundNamespaces(objects: readonly JsonObject[]): string[] {
  if (objects.some(({ kind }) => kind === 'ClusterRoleBinding')) return []
  const bindings = objects.filter(({ kind }) => kind === 'RoleBinding')
  const bound = bindings.map((binding) => objectAt(binding, ['metadata'])?.['namespace'])
  return objects
    .filter(({ kind }) => kind === 'ExtensionConfig')
    .flatMap((config) =>
      listOf(objectAt(config, ['spec', 'namespaceSelector']), 'matchExpressions'),
    )
    .filter(({ key, operator }) => key === 'kubernetes.io/metadata.name' && operator === 'In')
    .flatMap(({ values }): unknown[] => (Array.isArray(values) ? values : []))
    .filter((namespace) => !bound.includes(namespace))
    .map(
      (namespace) =>
        `the ExtensionConfig selects the namespace ${namespace}: add a RoleBinding in it to manifests/deploy/rbac.yaml`,
    )
}

function listOf(object: JsonObject | undefined, field: string): JsonObject[] {
  const list = object?.[field]
  return Array.isArray(list) ? list.filter(isObject) : []
}
