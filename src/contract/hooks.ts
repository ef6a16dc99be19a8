// 'capi-extension/hooks': the contract of each hook with its request, and the objects that requests carry.

export type { Cluster } from './cluster.ts'
export type { FailurePolicy, HookContract, RequestOf, ResponseOf } from './contract.ts'
export type { ExtensionHandler } from './discovery.ts'
export {
  CanUpdateMachine,
  type CanUpdateMachineRequest,
  CanUpdateMachineSet,
  type CanUpdateMachineSetRequest,
  UpdateMachine,
  type UpdateMachineRequest,
} from './in-place-update.ts'
export { contracts } from './index.ts'
export {
  AfterClusterUpgrade,
  type AfterClusterUpgradeRequest,
  AfterControlPlaneInitialized,
  type AfterControlPlaneInitializedRequest,
  BeforeClusterCreate,
  type BeforeClusterCreateRequest,
  BeforeClusterDelete,
  type BeforeClusterDeleteRequest,
} from './lifecycle.ts'
export type { Machine, MachineSet } from './machine.ts'
export {
  DiscoverVariables,
  type DiscoverVariablesRequest,
  GeneratePatches,
  type GeneratePatchesRequest,
  type HolderReference,
  ValidateTopology,
  type ValidateTopologyRequest,
} from './topology.ts'
export {
  AfterControlPlaneUpgrade,
  type AfterControlPlaneUpgradeRequest,
  AfterWorkersUpgrade,
  type AfterWorkersUpgradeRequest,
  BeforeClusterUpgrade,
  type BeforeClusterUpgradeRequest,
  BeforeControlPlaneUpgrade,
  type BeforeControlPlaneUpgradeRequest,
  BeforeWorkersUpgrade,
  type BeforeWorkersUpgradeRequest,
} from './upgrade-lifecycle.ts'
export { GenerateUpgradePlan, type GenerateUpgradePlanRequest } from './upgrade-plan.ts'
