import * as v from 'valibot'
import { Cluster } from '../contract/cluster.ts'
import { isObject, type JsonObject, objectAt } from '../json/json.ts'
import { merge } from '../json/merge.ts'
import { at, withValue } from '../json/path.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { StartError } from '../messages/start-error.ts'
import type { TopologyCluster } from './parts.ts'
import type { Note } from './types.ts'

/**
 * A Cluster in v1beta2 or v1beta1, as the API server would store it: with a namespace, and a version that begins with v
 * (core/webhooks/admission/cluster.go). What a file leaves out and only the stored Cluster knows comes from the objects.
 * Throws StartError when it is none, or has no topology.
 */
export function readCluster(
  given: JsonObject,
  objects: readonly JsonObject[],
  note: Note,
): TopologyCluster {
  if (given['kind'] !== 'Cluster') throw new StartError(`this is a ${given['kind']} and no Cluster`)
  const object = withStored(asV1beta2(given), objects)
  const { success, output, issues } = v.safeParse(Cluster, object, { abortEarly: true })
  if (!success) throw new StartError(`this is no Cluster: ${describeIssue(issues[0])}`)
  const { spec, metadata } = output
  const { topology } = spec
  if (!topology) throw new StartError(`the Cluster ${metadata.name} has no spec.topology`)
  if (!metadata.uid)
    note(
      `The Cluster ${metadata.name} is not stored yet: it has no uid, and builtin.cluster has none.`,
    )
  const version = topology.version.startsWith('v') ? topology.version : `v${topology.version}`
  return { ...output, spec: { ...spec, topology: { ...topology, version } } }
}

// Of all fields that are read here only the name of the class differs (api/core/v1beta1/conversion.go).
function asV1beta2(object: JsonObject): JsonObject {
  const namespaced = at(object, 'metadata', 'namespace')
    ? object
    : withValue(object, ['metadata', 'namespace'], 'default')
  const topology = objectAt(object, ['spec', 'topology'])
  const { class: name, classNamespace, classRef } = topology ?? {}
  if (isObject(classRef) || typeof name !== 'string') return namespaced
  return withValue(namespaced, ['spec', 'topology', 'classRef'], {
    name,
    ...(typeof classNamespace === 'string' && { namespace: classNamespace }),
  })
}

const setByControllers = [
  ['metadata', 'uid'],
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
  ['spec', 'controlPlaneRef'],
  ['spec', 'infrastructureRef'],
]

// As if the Cluster were applied: labels and annotations of others stay.
function withStored(cluster: JsonObject, objects: readonly JsonObject[]): JsonObject {
  const idOf = (object: JsonObject) =>
    ['namespace', 'name'].map((key) => at(object, 'metadata', key)).join('/')
  const stored = objects.find(
    (object) => object['kind'] === 'Cluster' && idOf(object) === idOf(cluster),
  )
  if (!stored) return cluster
  return setByControllers.reduce((merged, path) => {
    const [own, other] = [at(cluster, ...path), at(stored, ...path)]
    if (other === undefined) return merged
    return withValue(merged, path, own === undefined ? other : merge(other, own))
  }, cluster)
}

const pendingHooks = 'runtime.cluster.x-k8s.io/pending-hooks'
const upgradeStep = 'topology.internal.cluster.x-k8s.io/upgrade-step'

/** The Cluster as the controller is about to write it, which is what patches are told (computeCluster). */
export function desiredCluster(cluster: TopologyCluster, controlPlaneVersion: string) {
  const { [upgradeStep]: _, ...annotations } = cluster.metadata.annotations ?? {}
  const isUpgrading = annotations[pendingHooks]?.split(',').includes('AfterClusterUpgrade')
  const step = isUpgrading ? { [upgradeStep]: controlPlaneVersion } : {}
  return { ...cluster, metadata: { ...cluster.metadata, annotations: { ...annotations, ...step } } }
}
