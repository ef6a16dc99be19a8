import { isObject, type JsonObject, objectAt } from '../json/json.ts'

const bootstrap = 'bootstrap.cluster.x-k8s.io'
const controlPlane = 'controlplane.cluster.x-k8s.io'
const kinds = [
  {
    kind: 'KubeadmControlPlaneTemplate',
    group: controlPlane,
    path: ['spec', 'template', 'spec', 'kubeadmConfigSpec'],
  },
  { kind: 'KubeadmControlPlane', group: controlPlane, path: ['spec', 'kubeadmConfigSpec'] },
  { kind: 'KubeadmConfigTemplate', group: bootstrap, path: ['spec', 'template', 'spec'] },
  { kind: 'KubeadmConfig', group: bootstrap, path: ['spec'] },
]
const versions = ['v1beta1', 'v1beta2']

/** Where an object holds its KubeadmConfigSpec, and what that is. */
export interface Place {
  readonly path: readonly string[]
  readonly version: string
  readonly role: 'control-plane' | 'worker'
}

/** The place in an object; undefined for kinds and versions without one. */
export function placeOf(object: object): Place | undefined {
  if (!isObject(object)) return undefined
  const { apiVersion, kind } = object
  const known = kinds.find((one) => one.kind === kind)
  const version = versions.find((one) => apiVersion === `${known?.group}/${one}`)
  if (!known || version === undefined) return undefined
  const labels = objectAt(object, ['metadata', 'labels']) ?? {}
  const isControlPlane =
    known.group === controlPlane || Object.hasOwn(labels, 'cluster.x-k8s.io/control-plane')
  return { path: known.path, version, role: isControlPlane ? 'control-plane' : 'worker' }
}

/** The object at a path. Those that are missing are made. */
export function makeObjects(root: object, path: readonly string[]): object {
  let object = root
  for (const key of path) {
    const inner: JsonObject = objectAt(object, [key]) ?? {}
    Object.assign(object, { [key]: inner })
    object = inner
  }
  return object
}

/** How many objects of a path are there. */
export function countObjects(root: object, path: readonly string[]): number {
  return path.filter((_, index) => objectAt(root, path.slice(0, index + 1))).length
}

/** Removes the empty objects that end a path, but none of the first `count`. */
export function removeEmpty(root: object, path: readonly string[], count: number): void {
  for (let length = path.length; length > count; length--) {
    const object = objectAt(root, path.slice(0, length)) ?? {}
    if (Object.keys(object).length > 0) return
    delete objectAt(root, path.slice(0, length - 1))?.[path[length - 1] ?? '']
  }
}
