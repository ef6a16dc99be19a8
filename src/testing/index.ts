// 'capi-extension/testing': what tests of handlers need.

export { memoryApi } from '../kubernetes/memory-api.ts'
export { memoryState } from '../kubernetes/memory-state.ts'
export { type CallOptions, callHook } from './call-hook.ts'
