// 'capi-extension/hooks': the contract of each hook with its request, and the objects that requests carry.

export type { JsonObject } from '../json/json.ts'
export type { Cluster, ClusterSpec } from './cluster.ts'
export type { Patch } from './common.ts'
export type { FailurePolicy, HookContract, RequestOf, ResponseOf } from './contract.ts'
export type { CommonResponse, CommonRetryResponse } from './define-contract.ts'
export type { ExtensionHandler } from './discovery.ts'
export {
  CanUpdateMachine,
  type CanUpdateMachineRequest,
  type CanUpdateMachineResponse,
  CanUpdateMachineSet,
  type CanUpdateMachineSetRequest,
  type CanUpdateMachineSetResponse,
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
  type DiscoverVariablesResponse,
  GeneratePatches,
  type GeneratePatchesRequest,
  type GeneratePatchesResponse,
  type HolderReference,
  ValidateTopology,
  type ValidateTopologyRequest,
  type Variable,
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
export {
  GenerateUpgradePlan,
  type GenerateUpgradePlanRequest,
  type GenerateUpgradePlanResponse,
} from './upgrade-plan.ts'
export type { ClusterClassVariable } from './variables.ts'
