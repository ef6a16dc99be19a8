import { parseDuration } from '../contract/duration.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'

type Path = readonly string[]

// Where v1beta1 has arguments as a map.
const argumentMaps: readonly Path[] = [
  ...['apiServer', 'controllerManager', 'scheduler'].map((name) => [
    'clusterConfiguration',
    name,
    'extraArgs',
  ]),
  ['clusterConfiguration', 'etcd', 'local', 'extraArgs'],
  ['initConfiguration', 'nodeRegistration', 'kubeletExtraArgs'],
  ['joinConfiguration', 'nodeRegistration', 'kubeletExtraArgs'],
]
// What v1beta2 does not have: it comes from the Cluster.
const dropped: readonly Path[] = [
  ['useExperimentalRetryJoin'],
  ['clusterConfiguration', 'networking'],
  ['clusterConfiguration', 'kubernetesVersion'],
  ['clusterConfiguration', 'clusterName'],
  ...['clusterConfiguration', 'initConfiguration', 'joinConfiguration'].flatMap((part) => [
    [part, 'apiVersion'],
    [part, 'kind'],
  ]),
]
const timeoutForControlPlane = ['clusterConfiguration', 'apiServer', 'timeoutForControlPlane']
const discoveryTimeout = ['joinConfiguration', 'discovery', 'timeout']
const healthCheck = ['timeouts', 'controlPlaneComponentHealthCheckSeconds']
/** Of v1beta1 these are no pointers: false is as good as absent. */
const falseIsAbsent = new Set([
  ...['append', 'readOnly', 'strict', 'unsafeSkipCAVerification', 'insecureSkipTLSVerify'],
  'provideClusterInfo',
])

/**
 * A KubeadmConfigSpec in v1beta2, as the controllers read it and the API server stores it
 * (bootstrap/kubeadm/webhooks/conversion, api/bootstrap/kubeadm/v1beta1/conversion.go).
 */
export function kubeadmConfigSpecInHub(spec: JsonObject, apiVersion: unknown): JsonObject {
  if (!String(apiVersion).endsWith('/v1beta1')) return spec
  let hub = spec
  for (const path of argumentMaps) {
    const map = at(hub, ...path)
    if (isObject(map)) hub = withValue(hub, path, argumentsOf(map))
  }
  hub = moveSeconds(hub, timeoutForControlPlane, [
    ['initConfiguration', ...healthCheck],
    ['joinConfiguration', ...healthCheck],
  ])
  hub = moveSeconds(hub, discoveryTimeout, [
    ['joinConfiguration', 'timeouts', 'tlsBootstrapSeconds'],
  ])
  const tokens = at(hub, 'initConfiguration', 'bootstrapTokens')
  if (Array.isArray(tokens))
    hub = withValue(
      hub,
      ['initConfiguration', 'bootstrapTokens'],
      tokens.map((token) =>
        isObject(token) ? moveSeconds(token, ['ttl'], [['ttlSeconds']]) : token,
      ),
    )
  for (const path of dropped) hub = withValue(hub, path, undefined)
  return withoutFalse(hub) as JsonObject
}

function argumentsOf(map: JsonObject): JsonObject[] {
  return Object.keys(map)
    .toSorted()
    .map((name) => ({ name, value: map[name] }))
}

function moveSeconds(object: JsonObject, from: Path, to: readonly Path[]): JsonObject {
  const text = at(object, ...from)
  const milliseconds = typeof text === 'string' ? parseDuration(text) : undefined
  const rest = withValue(object, from, undefined)
  if (milliseconds === undefined) return rest
  const seconds = Math.trunc(milliseconds / 1000)
  return to.reduce((result, path) => withValue(result, path, seconds), rest)
}

function withoutFalse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFalse)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== false || !falseIsAbsent.has(key))
      .map(([key, inner]) => [key, withoutFalse(inner)]),
  )
}
