// 'capi-extension/hooks': the contract of each hook, and the objects that requests carry.

export type { FailurePolicy, HookContract, RequestOf, ResponseOf } from './contract.ts'
export type { ExtensionHandler } from './discovery.ts'
export { CanUpdateMachine, CanUpdateMachineSet, UpdateMachine } from './in-place-update.ts'
export { contracts } from './index.ts'
export {
  AfterClusterUpgrade,
  AfterControlPlaneInitialized,
  AfterControlPlaneUpgrade,
  AfterWorkersUpgrade,
  BeforeClusterCreate,
  BeforeClusterDelete,
  BeforeClusterUpgrade,
  BeforeControlPlaneUpgrade,
  BeforeWorkersUpgrade,
} from './lifecycle.ts'
export type { Cluster, Machine, MachineSet } from './objects.ts'
export {
  DiscoverVariables,
  GeneratePatches,
  type HolderReference,
  ValidateTopology,
} from './topology.ts'
export { GenerateUpgradePlan } from './upgrade-plan.ts'
