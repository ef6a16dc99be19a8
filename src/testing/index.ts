// 'capi-extension/testing': what tests of handlers need, with any test runner.

export { memoryApi } from '../kubernetes/memory-api.ts'
export { memoryState } from '../kubernetes/memory-state.ts'
export { type CallOptions, callHook } from './call-hook.ts'
export { type ClusterOptions, clusterOf } from './cluster.ts'
export { type MachineOptions, machineOf } from './machine.ts'
export { type MachineSetOptions, machineSetOf } from './machine-set.ts'
export { patchedTemplate, patchedTemplates } from './patched-templates.ts'
export type { ProviderObject } from './provider-object.ts'
export { remainingChanges } from './remaining-changes.ts'
export { requestOf } from './request.ts'
export { topologyOf } from './topology.ts'
export type { Topology, TopologyOptions } from './topology-options.ts'
