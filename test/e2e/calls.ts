import { contracts } from '../../src/contract/index.ts'
import type { RecordedCall } from './recorder.ts'

/** The hook's name as Cluster API spells it. */
export function hookOf({ hook }: RecordedCall): string {
  return contracts.find((contract) => contract.hook.toLowerCase() === hook)?.hook ?? hook
}

/**
 * The successful lifecycle calls with their versions, in order, without repetitions: a controller may call
 * again what it has called.
 */
export function lifecycleOf(calls: readonly RecordedCall[]): string[] {
  const seen = calls
    .filter(({ hook, answer }) => /^(before|after)/.test(hook) && answer?.['status'] === 'Success')
    .map((call) => {
      const { fromKubernetesVersion, toKubernetesVersion, kubernetesVersion } = call.request
      const versions = [fromKubernetesVersion, toKubernetesVersion, kubernetesVersion]
      return [hookOf(call), ...versions.filter((version) => version !== undefined)].join(' ')
    })
  return [...new Set(seen)]
}

/** The lifecycle calls of the chained upgrade from v1.34.0 to v1.36.4, in order. */
export const upgradeCalls = [
  'BeforeClusterUpgrade v1.34.0 v1.36.4',
  'BeforeControlPlaneUpgrade v1.34.0 v1.35.8',
  'AfterControlPlaneUpgrade v1.35.8',
  'BeforeControlPlaneUpgrade v1.35.8 v1.36.4',
  'AfterControlPlaneUpgrade v1.36.4',
  'BeforeWorkersUpgrade v1.34.0 v1.36.4',
  'AfterWorkersUpgrade v1.36.4',
  'AfterClusterUpgrade v1.36.4',
]
