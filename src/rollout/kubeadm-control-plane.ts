import { differences } from '../json/differences.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at, withValue } from '../json/path.ts'
import { type ItemOfRequest, partThatCounts } from '../rules/patches.ts'
import { rules } from './rules.ts'
import { changesBetween } from './template.ts'
import type { Effect } from './verdict.ts'

const configSpec = ['spec', 'template', 'spec', 'kubeadmConfigSpec'] as const

// PrepareKubeadmConfigsForDiff in controlplane/kubeadm/pkg/filters.go.
const ignored: readonly (readonly string[])[] = [
  ['clusterConfiguration', 'dns'],
  ['clusterConfiguration', 'controlPlaneEndpoint'],
  ['joinConfiguration', 'discovery'],
  ['initConfiguration', 'timeouts', 'controlPlaneComponentHealthCheckSeconds'],
  ['joinConfiguration', 'timeouts', 'controlPlaneComponentHealthCheckSeconds'],
]

/** What a change of a KubeadmControlPlaneTemplate means for the Machines of the control plane. */
export function compareKubeadmControlPlanes(before: ItemOfRequest, after: ItemOfRequest): Effect {
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  const [current, desired] = [comparable(before), comparable(after)]
  const machinesChange = differences(current, desired, '', 'absent').length > 0
  if (machinesChange) return { verdict: 'rolls out', changes, rules: [rules.kubeadmConfig] }
  const isIgnored = changes.some(({ path }) => path.startsWith(configSpec.join('.')))
  return {
    verdict: 'in place',
    changes,
    rules: [isIgnored ? rules.kubeadmConfigIgnored : rules.controlPlaneInPlace],
  }
}

function comparable(item: ItemOfRequest): JsonObject {
  const spec = at(partThatCounts(item), ...configSpec)
  return ignored.reduce(
    (rest, path) => withValue(rest, path, undefined),
    isObject(spec) ? spec : {},
  )
}
