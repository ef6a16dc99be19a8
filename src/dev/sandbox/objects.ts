import {
  type KubeConfig,
  type KubernetesObject,
  type KubernetesObjectApi,
  loadAllYaml,
  PatchStrategy,
  Watch,
} from '@kubernetes/client-node'
import { isObject, type JsonObject } from '../../json/json.ts'
import { describeApiError } from './errors.ts'

/** Any object of the API server. */
export interface Resource extends KubernetesObject {
  spec?: JsonObject
  status?: JsonObject
}

/** Which objects of a kind: one by its name, several by a label selector, else all of the namespace. */
export interface Selection {
  readonly apiVersion: string
  readonly kind: string
  /** `default` unless given. */
  readonly namespace?: string
  /** The kind has no namespaces. */
  readonly clusterScoped?: boolean
  readonly name?: string
  readonly labelSelector?: string
}

/** What is still missing, in a few words; undefined when all is as wanted. */
export type Check = (resources: readonly Resource[]) => string | undefined

/** A connection to an API server. */
export interface ApiClient {
  readonly config: KubeConfig
  readonly objects: KubernetesObjectApi
}

/** Applies objects on the server's side, and takes over fields that others set. */
export async function applyObjects(
  { objects }: Pick<ApiClient, 'objects'>,
  resources: readonly KubernetesObject[],
): Promise<Resource[]> {
  const { ServerSideApply } = PatchStrategy
  return Promise.all(
    resources.map((resource) =>
      objects
        .patch<Resource>(resource, undefined, undefined, 'sandbox', true, ServerSideApply)
        .catch((error) => {
          throw new Error(`${describe(resource)}: ${describeApiError(error)}`, { cause: error })
        }),
    ),
  )
}

/** The objects of a YAML text. */
export const parseYaml = (text: string): Resource[] => loadAllYaml(text)

/**
 * Watches objects until the check finds nothing missing, and gives them. Rejects after so many seconds, and
 * says what was missing last.
 */
export async function waitForObjects(
  client: ApiClient,
  selection: Selection,
  check: Check,
  seconds = 120,
): Promise<Resource[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Resource[]>()
  let missing: string | undefined = 'the API server did not answer'
  const look = (resources: Resource[]) => {
    try {
      missing = check(resources)
      if (missing === undefined) resolve(resources)
    } catch (error) {
      reject(error)
    }
  }
  const close = followObjects(client, selection, look)
  const tooLong = () => reject(new Error(`${missing} (waited ${seconds} seconds)`))
  const timer = setTimeout(tooLong, seconds * 1000)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    close()
  }
}

/** Gives the objects at once and after every change, until the returned function is called. */
export function followObjects(
  { config, objects }: ApiClient,
  selection: Selection,
  onChange: (resources: Resource[]) => void,
): () => void {
  let watching: AbortController | undefined
  let closed = false
  // It ends now and then, and while the API server is away: then all is read again.
  const again = () => {
    if (!closed) setTimeout(connect, 300)
  }
  async function connect() {
    try {
      const { items, metadata } = await listObjects(objects, selection)
      if (closed) return
      const resources = new Map(items.map((item) => [item.metadata?.uid, item]))
      onChange([...resources.values()])
      const query = { ...queryOf(selection), resourceVersion: metadata?.resourceVersion }
      const onEvent = (phase: string, resource: Resource) => {
        if (closed || phase === 'ERROR') return
        const { uid } = resource.metadata ?? {}
        if (phase === 'DELETED') resources.delete(uid)
        else resources.set(uid, resource)
        onChange([...resources.values()])
      }
      watching = await new Watch(config).watch(pathOf(selection), query, onEvent, again)
      if (closed) watching.abort()
    } catch {
      again()
    }
  }
  void connect()
  return () => {
    closed = true
    watching?.abort()
  }
}

function listObjects(objects: KubernetesObjectApi, selection: Selection) {
  const { apiVersion, kind, clusterScoped, namespace = 'default' } = selection
  const { fieldSelector, labelSelector } = queryOf(selection)
  const none = undefined
  const inside = clusterScoped ? none : namespace
  return objects.list<Resource>(
    apiVersion,
    kind,
    inside,
    none,
    none,
    none,
    fieldSelector,
    labelSelector,
  )
}

/** The condition of an object: its status, `Unknown` when it is not there, and why. */
export function conditionOf(resource: Resource | undefined, type: string) {
  const conditions: unknown = resource?.status?.['conditions']
  const found: unknown = Array.isArray(conditions)
    ? conditions.find((condition) => isObject(condition) && condition['type'] === type)
    : undefined
  const { status, reason, message, observedGeneration } = isObject(found) ? found : {}
  return {
    status: String(status ?? 'Unknown'),
    reason: String(reason ?? ''),
    message: String(message ?? ''),
    observedGeneration: Number(observedGeneration ?? 0),
  }
}

/** The message of a condition in one line: it is a list, an item a line, some with items of their own. */
export const oneLine = (message: string): string =>
  message
    .split('\n')
    .map((item) => item.replace(/^\s*\* /, '').trim())
    .filter((item) => item !== '')
    .join('; ')
    .replaceAll(':; ', ': ')

const describe = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata?.name}`

// The plurals of Kubernetes and Cluster API are regular.
function pathOf({ apiVersion, kind, namespace = 'default', clusterScoped }: Selection): string {
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const plural = `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}`
  return clusterScoped ? `${base}/${plural}` : `${base}/namespaces/${namespace}/${plural}`
}

const queryOf = ({ name, labelSelector }: Selection) => ({
  fieldSelector: name === undefined ? undefined : `metadata.name=${name}`,
  labelSelector,
})
