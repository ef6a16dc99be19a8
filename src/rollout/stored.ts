import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'

/** The objects of one Cluster, as `kubectl get -o yaml` gives them. */
export interface Stored {
  /** All objects of a kind that carry the label of the Cluster. */
  list(kind: string): JsonObject[]
  /** The object that a reference means, in the namespace of the Cluster. */
  find(reference: unknown): JsonObject | undefined
  /** The Cluster itself. */
  readonly cluster: JsonObject | undefined
}

/** @param cluster Namespace and name, such as `default/demo`. */
export function storedObjects(objects: readonly JsonObject[], cluster: string): Stored {
  const [namespace, name] = cluster.split('/')
  const inNamespace = objects.filter((object) => at(object, 'metadata', 'namespace') === namespace)
  const group = ({ apiVersion }: JsonObject) => String(apiVersion).replace(/\/[^/]*$/, '')
  return {
    list: (kind) =>
      inNamespace.filter(
        (object) =>
          object['kind'] === kind && labelOf(object, 'cluster.x-k8s.io/cluster-name') === name,
      ),
    find: (reference) =>
      inNamespace.find(
        (object) =>
          isObject(reference) &&
          object['kind'] === reference['kind'] &&
          nameOf(object) === reference['name'] &&
          // A reference of v1beta1 has an apiVersion.
          group(object) === (reference['apiGroup'] ?? group(reference)),
      ),
    cluster: inNamespace.find((object) => object['kind'] === 'Cluster' && nameOf(object) === name),
  }
}

export const nameOf = (object: JsonObject | undefined): unknown => at(object, 'metadata', 'name')

export function labelOf(object: JsonObject | undefined, label: string): unknown {
  return at(object, 'metadata', 'labels', label)
}

/** Whether the controllers leave the object alone (util/annotations). */
export function isPaused(object: JsonObject | undefined): boolean {
  const annotations = Object(at(object, 'metadata', 'annotations'))
  return at(object, 'spec', 'paused') === true || 'cluster.x-k8s.io/paused' in annotations
}

/** A name that Cluster API generates: with another end. */
export function nextName(name: unknown): string {
  return `${String(name).replace(/[^-]*$/, '')}aaaaa`
}

/** The part of an object that extensions see: of its metadata only names, labels and annotations. */
export function asSent(object: JsonObject, spec: unknown = object['spec']): JsonObject {
  const { apiVersion, kind } = object
  const of = (key: string) => {
    const value = at(object, 'metadata', key)
    return value === undefined ? {} : { [key]: value }
  }
  const metadata = { ...of('name'), ...of('namespace'), ...of('labels'), ...of('annotations') }
  return { apiVersion, kind, metadata, spec }
}
