import type { HookContract } from './contract.ts'
import { Discovery } from './discovery.ts'
import { CanUpdateMachine, CanUpdateMachineSet, UpdateMachine } from './in-place-update.ts'
import * as lifecycle from './lifecycle.ts'
import { DiscoverVariables, GeneratePatches, ValidateTopology } from './topology.ts'
import { GenerateUpgradePlan } from './upgrade-plan.ts'

/** All hooks of Cluster API v1.14, in the order in which a Cluster's life meets them. */
export const contracts: readonly HookContract[] = [
  Discovery,
  DiscoverVariables,
  lifecycle.BeforeClusterCreate,
  GeneratePatches,
  ValidateTopology,
  lifecycle.AfterControlPlaneInitialized,
  GenerateUpgradePlan,
  lifecycle.BeforeClusterUpgrade,
  lifecycle.BeforeControlPlaneUpgrade,
  lifecycle.AfterControlPlaneUpgrade,
  lifecycle.BeforeWorkersUpgrade,
  CanUpdateMachineSet,
  CanUpdateMachine,
  UpdateMachine,
  lifecycle.AfterWorkersUpgrade,
  lifecycle.AfterClusterUpgrade,
  lifecycle.BeforeClusterDelete,
]
