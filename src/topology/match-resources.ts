import type { HolderReference } from '../contract/topology.ts'
import type { Builtins } from './builtins.ts'
import { controlPlaneMachineFieldPaths } from './honoured-paths.ts'

/**
 * Which templates of a kind a patch is for: those of any place that is named here, as in the inline
 * patches of a ClusterClass (PatchSelectorMatch in api/core/v1beta2/clusterclass_types.go).
 *
 * @example
 * ```ts
 * const workers: MatchResources = {
 *   machineDeploymentClass: { names: ['*'] },
 *   machinePoolClass: { names: ['gpu-*'] },
 * }
 * ```
 */
export interface MatchResources {
  /** The template of the InfrastructureCluster. */
  infrastructureCluster?: boolean
  /** The templates of the control plane and of its machines. */
  controlPlane?: boolean
  /**
   * Those of MachineDeployments by name of their class: `*`, `prefix-*`, `*-suffix` or the whole
   * name.
   */
  machineDeploymentClass?: { names: readonly string[] }
  /** Those of MachinePools, in the same way. */
  machinePoolClass?: { names: readonly string[] }
}

const workerFieldPaths = [
  'spec.template.spec.bootstrap.configRef',
  'spec.template.spec.infrastructureRef',
]

/** Whether a patch is for the template that this holder has (matchesSelector in patches/inline). */
export function matchesResources(
  matchResources: MatchResources,
  { kind, fieldPath }: HolderReference,
  { machineDeployment, machinePool }: Builtins,
): boolean {
  const { infrastructureCluster, controlPlane, machineDeploymentClass, machinePoolClass } =
    matchResources
  if (kind === 'Cluster' && fieldPath === 'spec.infrastructureRef' && infrastructureCluster)
    return true
  if (controlPlane) {
    if (kind === 'Cluster' && fieldPath === 'spec.controlPlaneRef') return true
    if (controlPlaneMachineFieldPaths.includes(fieldPath)) return true
  }
  if (!workerFieldPaths.includes(fieldPath)) return false
  if (kind === 'MachineDeployment')
    return matchesName(machineDeploymentClass?.names, machineDeployment?.class)
  return kind === 'MachinePool' && matchesName(machinePoolClass?.names, machinePool?.class)
}

function matchesName(patterns: readonly string[] = [], name: string | null | undefined): boolean {
  if (typeof name !== 'string') return false
  return patterns.some(
    (pattern) =>
      pattern === name ||
      (pattern.startsWith('*') && name.endsWith(pattern.slice(1))) ||
      (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
  )
}
