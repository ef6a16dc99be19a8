import { isObject, type JsonObject } from '../../json/json.ts'
import { at, withValue } from '../../json/path.ts'
import { StartError } from '../../messages/start-error.ts'
import { readDocuments } from '../documents.ts'
import { refuseMissingTemplates } from './missing-templates.ts'
import { fullName, namespaceOf } from './names.ts'

/** Files or folders of YAML, as `kubectl get -o yaml` gives it or as files write it. */
export interface InputPaths {
  /** May hold templates, too. */
  readonly clusterClass: string
  readonly cluster: string
  readonly templates?: string
  readonly objects?: string
}

/** A Cluster and what belongs to it. */
export interface ClusterInput {
  readonly cluster: JsonObject
  readonly clusterClass: JsonObject
  readonly templates: readonly JsonObject[]
  /** Stored objects. */
  readonly objects: readonly JsonObject[]
}

/**
 * Every Cluster of a file with its ClusterClass and templates.
 *
 * @throws StartError A file cannot be read, or lacks what it is for.
 */
export async function readInputs(paths: InputPaths): Promise<ClusterInput[]> {
  const ofClass = await readObjects(paths.clusterClass)
  const ofCluster = await readObjects(paths.cluster)
  const templates = paths.templates === undefined ? [] : await readObjects(paths.templates)
  const objects = paths.objects === undefined ? [] : await readObjects(paths.objects)
  const classes = ofClass.filter(isKind('ClusterClass'))
  if (classes.length === 0)
    throw lacking(paths.clusterClass, 'ClusterClass', ofClass, 'kubectl get clusterclass NAME')
  const clusters = ofCluster.filter(isKind('Cluster'))
  if (clusters.length === 0)
    throw lacking(paths.cluster, 'Cluster', ofCluster, 'kubectl get cluster NAME')
  return clusters.map((cluster) => {
    const clusterClass = classOf(cluster, classes, paths.clusterClass)
    const all = [...ofClass, ...templates, ...ofCluster, ...objects]
    refuseMissingTemplates(clusterClass, all)
    return { cluster, clusterClass, templates: all, objects }
  })
}

async function readObjects(path: string): Promise<JsonObject[]> {
  const documents = await readDocuments(path)
  return documents.map(({ document }) => document).filter(isObject)
}

const isKind =
  (kind: string) =>
  (object: JsonObject): boolean =>
    object['kind'] === kind && String(object['apiVersion']).startsWith('cluster.x-k8s.io/')

function lacking(path: string, kind: string, found: readonly JsonObject[], command: string) {
  const kinds = [...new Set(found.map((object) => String(object['kind'] ?? 'an object')))]
  const holds = kinds.length === 0 ? 'holds no objects' : `holds ${kinds.join(', ')}`
  return new StartError(`${path} ${holds} and no ${kind}: "${command} --output yaml" prints one`)
}

function classOf(cluster: JsonObject, classes: readonly JsonObject[], path: string): JsonObject {
  const topology = (...keys: string[]) => at(cluster, 'spec', 'topology', ...keys)
  const name = topology('classRef', 'name') ?? topology('class')
  const ofReference = topology('classRef', 'namespace') ?? topology('classNamespace')
  const namespace = ofReference || namespaceOf(cluster)
  const found = classes.find(
    ({ metadata }) =>
      at(metadata, 'name') === name &&
      [undefined, namespace].includes(at(metadata, 'namespace') ?? undefined),
  )
  if (found) return found
  if (typeof name !== 'string')
    throw new StartError(`the Cluster ${fullName(cluster)} has no ClusterClass in spec.topology`)
  const others = classes.map(fullName).join(', ')
  throw new StartError(
    `the Cluster ${fullName(cluster)} is of the ClusterClass ${namespace}/${name}, and ${path} holds ${others}: "kubectl get clusterclass ${name} --namespace ${namespace} --output yaml" prints it`,
  )
}

/** The Cluster with other values of its variables. */
export function withVariables(
  cluster: JsonObject,
  variables: Readonly<Record<string, unknown>>,
): JsonObject {
  const own = at(cluster, 'spec', 'topology', 'variables')
  const kept = (Array.isArray(own) ? own : []).filter(({ name }) => !Object.hasOwn(variables, name))
  const given = Object.entries(variables).map(([name, value]) => ({ name, value }))
  if (given.length === 0) return cluster
  return withValue(cluster, ['spec', 'topology', 'variables'], [...kept, ...given])
}
