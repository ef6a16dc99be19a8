import { isObject, type JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'
import type { RenderInput } from '../../render/types.ts'
import type { ApiClient, Resource } from './objects.ts'

/** What the topology of a Cluster is rendered from, and the settings of the extension. */
export interface StoredTopology extends Omit<RenderInput, 'call' | 'complete'> {
  readonly settings: JsonObject
}

// Objects of a Cluster that tell what became of its templates.
const kindsOfCluster = [
  ['controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlane'],
  ['cluster.x-k8s.io/v1beta2', 'MachineDeployment'],
  ['cluster.x-k8s.io/v1beta2', 'MachineSet'],
  ['cluster.x-k8s.io/v1beta2', 'MachinePool'],
  ['cluster.x-k8s.io/v1beta2', 'Machine'],
  ['bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmConfig'],
  ['bootstrap.cluster.x-k8s.io/v1beta2', 'KubeadmConfigTemplate'],
  ['infrastructure.cluster.x-k8s.io/v1beta2', 'DevMachine'],
  ['infrastructure.cluster.x-k8s.io/v1beta2', 'DevMachineTemplate'],
] as const

/** Reads a Cluster with its ClusterClass, templates and objects; undefined when there is none. */
export async function readTopology(
  { objects }: Pick<ApiClient, 'objects'>,
  cluster: { namespace: string; name: string; extensionConfig: string },
): Promise<StoredTopology | undefined> {
  const { namespace, name } = cluster
  const core = 'cluster.x-k8s.io/v1beta2'
  const read = async (apiVersion: string, kind: string, metadata: object): Promise<JsonObject> =>
    toJson(await objects.read<Resource>({ apiVersion, kind, metadata: { name: '', ...metadata } }))
  const list = async (
    apiVersion: string,
    kind: string,
    fieldSelector?: string,
    labels?: string,
  ) => {
    const none = undefined
    const { items } = await objects.list<Resource>(
      apiVersion,
      kind,
      namespace,
      none,
      none,
      none,
      fieldSelector,
      labels,
    )
    // Items of a list do not say their kind.
    return items.map((item) => ({ ...toJson(item), apiVersion, kind }))
  }
  const [found] = await list(core, 'Cluster', `metadata.name=${name}`)
  if (!found) return undefined
  const classRef = at(found, 'spec', 'topology', 'classRef')
  const classNamespace = String(at(classRef, 'namespace') ?? namespace)
  const clusterClass = await read(core, 'ClusterClass', {
    name: String(at(classRef, 'name')),
    namespace: classNamespace,
  })
  const templates = await Promise.all(
    templateRefs(clusterClass['spec']).map((reference) =>
      read(reference.apiVersion, reference.kind, {
        name: reference.name,
        namespace: classNamespace,
      }),
    ),
  )
  const ofCluster = `cluster.x-k8s.io/cluster-name=${name}`
  const stored = await Promise.all(
    kindsOfCluster.map(([apiVersion, kind]) => list(apiVersion, kind, undefined, ofCluster)),
  )
  const extensionConfig = await read('runtime.cluster.x-k8s.io/v1beta2', 'ExtensionConfig', {
    name: cluster.extensionConfig,
  })
  const settings = at(extensionConfig, 'spec', 'settings')
  return {
    cluster: found,
    clusterClass,
    templates,
    objects: [found, clusterClass, ...stored.flat()],
    settings: isObject(settings) ? settings : {},
  }
}

/** All templates that a ClusterClass names. */
function templateRefs(value: unknown): { apiVersion: string; kind: string; name: string }[] {
  if (Array.isArray(value)) return value.flatMap(templateRefs)
  if (!isObject(value)) return []
  const { templateRef, ...others } = value
  const { apiVersion, kind, name } = isObject(templateRef) ? templateRef : {}
  const own = [apiVersion, kind, name].every((text) => typeof text === 'string')
  return [
    ...(own ? [{ apiVersion: String(apiVersion), kind: String(kind), name: String(name) }] : []),
    ...Object.values(others).flatMap(templateRefs),
  ]
}

// The client makes Dates of times.
const toJson = (resource: Resource): JsonObject => JSON.parse(JSON.stringify(resource))
