import { isObject, type JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'
import { StartError } from '../../messages/start-error.ts'
import { fullName, namespaceOf } from './names.ts'

/** A template that a ClusterClass names. */
interface Reference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/**
 * Throws StartError when templates are not there that a ClusterClass names: the controller needs all of them, also those of
 * classes that a Cluster does not use (core/reconcilers/topology/cluster/blueprint.go).
 */
export function refuseMissingTemplates(
  clusterClass: JsonObject,
  templates: readonly JsonObject[],
): void {
  const references = referencesIn(clusterClass['spec'])
  const missing = references.filter((reference) => !templates.some(isOne(reference)))
  const names = new Set(missing.map(({ kind, name }) => `${kind} ${name}`))
  if (names.size === 0) return
  const namespace = namespaceOf(clusterClass)
  const resources = new Set(missing.map(({ kind, apiVersion }) => resourceOf(kind, apiVersion)))
  const command = `kubectl get ${[...resources].join(',')} --namespace ${namespace} --output yaml`
  throw new StartError(
    `the ClusterClass ${fullName(clusterClass)} names what is not among the templates, ${[...names].join(', ')}: give it with --templates, "${command}" prints it`,
  )
}

const isOne =
  ({ apiVersion, kind, name }: Reference) =>
  (template: JsonObject): boolean =>
    template['kind'] === kind &&
    groupOf(template['apiVersion']) === groupOf(apiVersion) &&
    at(template, 'metadata', 'name') === name

const groupOf = (apiVersion: unknown) => String(apiVersion).replace(/\/.*/, '')

/** What kubectl takes for a kind: its name in the singular, in lower case, and its group. */
const resourceOf = (kind: string, apiVersion: string) =>
  `${kind.toLowerCase()}.${groupOf(apiVersion)}`

/** Only references have apiVersion, kind and name. */
function referencesIn(value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  const { apiVersion, kind, name } = value
  if (typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string')
    return [{ apiVersion, kind, name }]
  return Object.values(value).flatMap(referencesIn)
}
