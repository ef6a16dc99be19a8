import { satisfies } from 'semver'
import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'

const execUser = ['joinConfiguration', 'discovery', 'file', 'kubeConfig', 'user', 'exec']
const defaults: readonly (readonly [path: readonly string[], value: string])[] = [
  [['format'], 'cloud-config'],
  [['initConfiguration', 'nodeRegistration', 'imagePullPolicy'], 'IfNotPresent'],
  [['joinConfiguration', 'nodeRegistration', 'imagePullPolicy'], 'IfNotPresent'],
]

/**
 * What earlier versions set as defaults (ApplyPreviousKubeadmConfigDefaults in
 * bootstrap/kubeadm/webhooks/admission/kubeadmconfigtemplate.go): the dry run for templates and the KubeadmControlPlane
 * compare with them.
 */
export function withKubeadmDefaults(spec: JsonObject): JsonObject {
  const exec = at(spec, ...execUser)
  const isDefined = isObject(exec) && Object.keys(exec).length > 0
  return [
    ...defaults,
    ...(isDefined
      ? [[[...execUser, 'apiVersion'], 'client.authentication.k8s.io/v1'] as const]
      : []),
  ].reduce(
    (result, [path, value]) => (at(result, ...path) ? result : withValue(result, path, value)),
    spec,
  )
}

/**
 * The KubeadmConfig of a new Machine of a control plane (ComputeDesiredKubeadmConfig in
 * controlplane/kubeadm/pkg/desiredstate/desired_state.go).
 */
export function kubeadmConfigOf(
  spec: JsonObject,
  role: 'init' | 'join',
  version: string,
): JsonObject {
  const controlPlane = ['joinConfiguration', 'controlPlane']
  let config = withValue(
    spec,
    [role === 'join' ? 'initConfiguration' : 'joinConfiguration'],
    undefined,
  )
  if (role === 'join' && !isObject(at(config, ...controlPlane)))
    config = withValue(config, controlPlane, {})
  const gate = ['clusterConfiguration', 'featureGates', 'ControlPlaneKubeletLocalMode']
  const hasGate = satisfies(version, '>=1.31.0-0 <1.36.0-0', { includePrerelease: true })
  if (hasGate && at(config, ...gate) === undefined) config = withValue(config, gate, true)
  return config
}

/** Whether a Machine with the one KubeadmConfig came of `kubeadm init` (isKubeadmConfigForInit in filters.go). */
export function isForInit(spec: JsonObject): boolean {
  const kubeletArguments = at(spec, 'joinConfiguration', 'nodeRegistration', 'kubeletExtraArgs')
  const hasArguments = Array.isArray(kubeletArguments) && kubeletArguments.length > 0
  return at(spec, 'joinConfiguration', 'controlPlane') === undefined && !hasArguments
}

// Of both sides these never count, and these count as the desired ones.
const cleared: readonly (readonly string[])[] = [
  ['joinConfiguration', 'discovery'],
  ['initConfiguration', 'timeouts', 'controlPlaneComponentHealthCheckSeconds'],
  ['joinConfiguration', 'timeouts', 'controlPlaneComponentHealthCheckSeconds'],
]
const takenOver: readonly (readonly string[])[] = [
  ['clusterConfiguration', 'controlPlaneEndpoint'],
  ['clusterConfiguration', 'dns'],
]

/** Both as the KubeadmControlPlane compares them (PrepareKubeadmConfigsForDiff in controlplane/kubeadm/pkg/filters.go). */
export function prepareKubeadmConfigs(
  desired: JsonObject,
  current: JsonObject,
  as: 'init' | 'join',
): { desired: JsonObject; current: JsonObject } {
  let prepared = current
  if (as === 'join' && isForInit(current)) prepared = asJoin(current, desired)
  const controlPlane = ['joinConfiguration', 'controlPlane']
  if (!isForInit(prepared) && at(prepared, ...controlPlane) === undefined)
    prepared = withValue(prepared, controlPlane, {})
  for (const path of takenOver) prepared = withValue(prepared, path, at(desired, ...path))
  const [left, right] = [prepared, desired].map((spec) =>
    cleared.reduce((rest, path) => withValue(rest, path, undefined), withKubeadmDefaults(spec)),
  )
  return { current: left ?? {}, desired: right ?? {} }
}

/** Of `kubeadm init`, as if it had joined. */
function asJoin(current: JsonObject, desired: JsonObject): JsonObject {
  const init = (field: string) => at(current, 'initConfiguration', field)
  const join: readonly (readonly [path: readonly string[], value: unknown])[] = [
    ...['timeouts', 'patches', 'skipPhases', 'nodeRegistration'].map(
      (field) => [[field], init(field)] as const,
    ),
    [['controlPlane'], { localAPIEndpoint: init('localAPIEndpoint') }],
    [['caCertPath'], at(desired, 'joinConfiguration', 'caCertPath')],
  ]
  return join.reduce(
    (result, [path, value]) => withValue(result, ['joinConfiguration', ...path], value),
    withValue(current, ['initConfiguration'], undefined),
  )
}

/** Whether a Machine stays as it is (matchesKubeadmConfig in controlplane/kubeadm/pkg/filters.go). */
export function matchesKubeadmConfig(
  current: JsonObject,
  desired: JsonObject,
  version: string,
): boolean {
  const roles = isForInit(current) ? (['join', 'init'] as const) : (['join'] as const)
  return roles.some((role) => {
    const prepared = prepareKubeadmConfigs(kubeadmConfigOf(desired, role, version), current, role)
    return differences(withoutEmpty(prepared.current), withoutEmpty(prepared.desired)).length === 0
  })
}

/**
 * Without what is as good as absent to the controllers: in Go's types an empty object, text or list is as good as none
 * (dropOmittableFields in controlplane/kubeadm/pkg/filters.go). Two empty values count: without taints kubeadm sets its
 * own, and an argument may have an empty value.
 */
export function withoutEmpty(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item, parent))
  if (!isObject(value)) return value
  const counts = (key: string) =>
    key === 'taints' || (key === 'value' && parent.endsWith('xtraArgs'))
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, withoutEmpty(inner, key)] as const)
      .filter(([key, inner]) => !isEmpty(inner) || (counts(key) && inner !== null)),
  )
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}
