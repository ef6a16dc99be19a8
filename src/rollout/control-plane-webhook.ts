import { equal } from '../json/diff.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, field } from '../json/path.ts'

// The fields of kubeadmConfigSpec that may change, * for all below: `allowedPaths` in
// controlplane/kubeadm/webhooks/admission/kubeadmcontrolplane.go.
const allowed: readonly (readonly string[])[] = [
  'clusterConfiguration.etcd',
  'clusterConfiguration.etcd.*',
  'clusterConfiguration.dns',
  'clusterConfiguration.dns.*',
  'clusterConfiguration.imageRepository',
  'clusterConfiguration.featureGates',
  'clusterConfiguration.featureGates.*',
  'clusterConfiguration.apiServer',
  'clusterConfiguration.apiServer.*',
  'clusterConfiguration.controllerManager',
  'clusterConfiguration.controllerManager.*',
  'clusterConfiguration.scheduler',
  'clusterConfiguration.scheduler.*',
  'clusterConfiguration.certificateValidityPeriodDays',
  'clusterConfiguration.encryptionAlgorithm',
  'initConfiguration.nodeRegistration',
  'initConfiguration.nodeRegistration.*',
  'initConfiguration.patches.directory',
  'initConfiguration.patches',
  'initConfiguration.skipPhases',
  'initConfiguration.bootstrapTokens',
  'initConfiguration.localAPIEndpoint',
  'initConfiguration.localAPIEndpoint.*',
  'initConfiguration.timeouts',
  'initConfiguration.timeouts.*',
  'joinConfiguration.nodeRegistration',
  'joinConfiguration.nodeRegistration.*',
  'joinConfiguration.patches.directory',
  'joinConfiguration.patches',
  'joinConfiguration.skipPhases',
  'joinConfiguration.caCertPath',
  'joinConfiguration.controlPlane',
  'joinConfiguration.controlPlane.*',
  'joinConfiguration.discovery',
  'joinConfiguration.discovery.*',
  'joinConfiguration.timeouts',
  'joinConfiguration.timeouts.*',
  ...['bootCommands', 'preKubeadmCommands', 'postKubeadmCommands', 'files', 'verbosity', 'users'],
  ...['ntp', 'ntp.*', 'ignition', 'ignition.*', 'diskSetup', 'diskSetup.*', 'format', 'mounts'],
].map((path) => path.split('.'))

/**
 * A field of kubeadmConfigSpec that the webhook of KubeadmControlPlane does not let change, such as
 * `kubeadmConfigSpec.clusterConfiguration.certificatesDir`.
 *
 * @param before In v1beta2, without what is empty.
 */
export function refusedPath(before: JsonObject, after: JsonObject): string | undefined {
  const root = 'kubeadmConfigSpec'
  const isGone = Object.keys(after).length === 0 && Object.keys(before).length > 0
  if (isGone) return root
  const external = ['clusterConfiguration', 'etcd', 'external']
  if (isObject(at(before, ...external)) !== isObject(at(after, ...external)))
    return [root, ...external].join('.')
  const refused = mergePatchPaths(before, after, []).find(
    (path) => !allowed.some((one) => matches(one, path)),
  )
  return refused && [root, ...refused].join('.')
}

// The paths of the merge patch: an object that comes is walked, one that goes is one path.
function mergePatchPaths(before: unknown, after: unknown, path: readonly string[]): string[][] {
  if (!isObject(after)) return equal(before, after) ? [] : [[...path]]
  const old = isObject(before) ? before : {}
  return [...new Set([...Object.keys(old), ...Object.keys(after)])].flatMap((key) =>
    mergePatchPaths(field(old, key), field(after, key), [...path, key]),
  )
}

function matches(one: readonly string[], path: readonly string[]): boolean {
  const star = one.indexOf('*')
  if (star >= 0) return path.length > star && one.slice(0, star).every((key, i) => key === path[i])
  return equal(one, path)
}
