/**
 * An object of the management cluster, as the API server gives it.
 *
 * @example
 * ```ts
 * const zoneOf = ({ metadata }: KubernetesObject) => metadata.labels?.['zone']
 * ```
 */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: ObjectMetadata
  [field: string]: unknown
}

/**
 * What every object of the management cluster says of itself.
 *
 * @example
 * ```ts
 * const isGoing = ({ deletionTimestamp }: ObjectMetadata) => deletionTimestamp !== undefined
 * ```
 */
export interface ObjectMetadata {
  name: string
  /** Only of kinds that are in a namespace. */
  namespace?: string
  uid?: string
  /** Changes with each write. */
  resourceVersion?: string
  /** RFC 3339, whole seconds. */
  creationTimestamp?: string
  /** RFC 3339, whole seconds. */
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
  generation?: number
}

/** The object that another one belongs to: garbage collection takes both. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/**
 * Which object is meant.
 *
 * @example
 * ```ts
 * const quota: ObjectReference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'quota' }
 * ```
 */
export interface ObjectReference {
  apiVersion: string
  kind: string
  name: string
  /** Only for kinds that are in a namespace, and then always. */
  namespace?: string
}

/**
 * Which objects are meant.
 *
 * @example
 * ```ts
 * const paid: ObjectSelection = { apiVersion: 'v1', kind: 'Namespace', labelSelector: 'plan=paid' }
 * ```
 */
export interface ObjectSelection {
  apiVersion: string
  kind: string
  /** All namespaces unless given. */
  namespace?: string
  /** As kubectl takes it, such as `cluster.x-k8s.io/cluster-name=demo`; all objects unless given. */
  labelSelector?: string
}

/**
 * What an object must have to be written.
 *
 * @example
 * ```ts
 * const metadata = { name: 'quota', namespace: 'default' }
 * const quota: WritableObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata }
 * ```
 */
export interface WritableObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string }
}

/**
 * An object as requests have it, such as `request.cluster` or `request.desired.machine`.
 *
 * @example
 * ```ts
 * const titleOf = ({ kind, metadata }: RequestObject) => `${kind} ${metadata.name}`
 * ```
 */
export interface RequestObject {
  apiVersion?: string | null | undefined
  kind?: string | null | undefined
  metadata: {
    name: string
    namespace?: string | null | undefined
    uid?: string | null | undefined
    creationTimestamp?: string | null | undefined
    labels?: Readonly<Record<string, string>> | null | undefined
  }
}

/** Which object it is. */
export function referenceTo({ apiVersion, kind, metadata }: WritableObject): ObjectReference {
  const { name, namespace } = metadata
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }
}

/** The API server has checked an object against its kind; the caller says which type that is. */
export function typed<T>(object: unknown): T {
  return object as T
}
