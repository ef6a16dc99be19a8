// 'capi-extension': what every extension uses.

export type { FailurePolicy, HookContract, RequestOf } from './contract/contract.ts'
export { createApp } from './extension/app.ts'
export type { Environment } from './extension/http.ts'
export { serve } from './extension/serve.ts'
export type { ServeOptions } from './extension/serve-options.ts'
export { type Answer, storedReply } from './handler/answer.ts'
export type { Added, Call, Context, Register, Services, Settings } from './handler/context.ts'
export type { Extension } from './handler/extension.ts'
export { defineHook, type Hook, type HookOptions } from './handler/hook.ts'
export type { Blocked, Failure, Reply, Success } from './handler/reply.ts'
export type { Api } from './kubernetes/api.ts'
export {
  inMemoryCluster,
  type ManagementCluster,
  openManagementCluster,
} from './kubernetes/management-cluster.ts'
export type {
  KubernetesObject,
  ObjectMetadata,
  ObjectReference,
  ObjectSelection,
  RequestObject,
  WritableObject,
} from './kubernetes/objects.ts'
export { ApiError } from './kubernetes/request.ts'
export type { JsonValue, State, StateOf } from './kubernetes/state.ts'
export { StateError } from './kubernetes/state-entries.ts'
export { createExtensionMetrics, type ExtensionMetrics } from './observability/extension-metrics.ts'
export type { Log } from './observability/log.ts'
export { exposition } from './observability/metrics.ts'
export { type BodyBudget, createBodyBudget } from './request/body-budget.ts'
export type { Dependencies } from './request/dependencies.ts'
