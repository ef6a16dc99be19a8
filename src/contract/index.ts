import type { HookContract } from './contract.ts'
import { Discovery } from './discovery.ts'
import { CanUpdateMachine, CanUpdateMachineSet, UpdateMachine } from './in-place-update.ts'
import * as lifecycle from './lifecycle.ts'
import { DiscoverVariables, GeneratePatches, ValidateTopology } from './topology.ts'
import * as upgrade from './upgrade-lifecycle.ts'
import { GenerateUpgradePlan } from './upgrade-plan.ts'

/**
 * The contracts of all hooks of Cluster API v1.14, in the order in which they are called during the life of a Cluster.
 *
 * @example
 * ```ts
 * const blocking = contracts.filter((contract) => contract.blocking).map(({ hook }) => hook)
 * ```
 */
export const contracts: readonly HookContract[] = [
  Discovery,
  DiscoverVariables,
  lifecycle.BeforeClusterCreate,
  GeneratePatches,
  ValidateTopology,
  lifecycle.AfterControlPlaneInitialized,
  GenerateUpgradePlan,
  upgrade.BeforeClusterUpgrade,
  upgrade.BeforeControlPlaneUpgrade,
  upgrade.AfterControlPlaneUpgrade,
  upgrade.BeforeWorkersUpgrade,
  CanUpdateMachineSet,
  CanUpdateMachine,
  UpdateMachine,
  upgrade.AfterWorkersUpgrade,
  lifecycle.AfterClusterUpgrade,
  lifecycle.BeforeClusterDelete,
]
