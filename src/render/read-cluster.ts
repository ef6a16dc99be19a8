import * as v from 'valibot'
import { Cluster } from '../contract/cluster.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { describeIssue } from '../messages/describe-issue.ts'
import { StartError } from '../messages/start-error.ts'
import type { TopologyCluster } from './parts.ts'

/**
 * A Cluster in v1beta2 or v1beta1, as the API server would store it: with a namespace, and a version that begins with v
 * (core/webhooks/admission/cluster.go). Throws StartError when it is none, or has no topology.
 */
export function readCluster(object: JsonObject): TopologyCluster {
  if (object['kind'] !== 'Cluster')
    throw new StartError(`this is a ${object['kind']} and no Cluster`)
  const { success, output, issues } = v.safeParse(Cluster, asV1beta2(object), { abortEarly: true })
  if (!success) throw new StartError(`this is no Cluster: ${describeIssue(issues[0])}`)
  const { spec, metadata } = output
  const { topology } = spec
  if (!topology) throw new StartError(`the Cluster ${metadata.name} has no spec.topology`)
  const version = topology.version.startsWith('v') ? topology.version : `v${topology.version}`
  return { ...output, spec: { ...spec, topology: { ...topology, version } } }
}

// Of all fields that are read here only the name of the class differs (api/core/v1beta1/conversion.go).
function asV1beta2(object: JsonObject): JsonObject {
  const namespaced = at(object, 'metadata', 'namespace')
    ? object
    : withValue(object, ['metadata', 'namespace'], 'default')
  const { class: name, classNamespace, classRef } = Object(at(object, 'spec', 'topology'))
  if (isObject(classRef) || typeof name !== 'string') return namespaced
  return withValue(namespaced, ['spec', 'topology', 'classRef'], {
    name,
    ...(classNamespace && { namespace: classNamespace }),
  })
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
