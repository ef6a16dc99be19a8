import { pino } from 'pino'
import { flags } from '../flags/flags.ts'
import { type ManagementCluster, openManagementCluster } from '../kubernetes/management-cluster.ts'
import type { ExtensionMetrics } from '../observability/extension-metrics.ts'
import { createLog, type Log } from '../observability/log.ts'
import { type BodyBudget, createBodyBudget } from './body-budget.ts'

/**
 * What an app needs from outside. Everything has a default.
 *
 * @example
 * ```ts
 * const inMemory: Dependencies = { cluster: inMemoryCluster(), now: () => new Date('2026-01-01') }
 * export default createApp({ hooks: [defineHook(BeforeClusterCreate, () => {})] }, inMemory)
 * ```
 */
export interface Dependencies {
  /** Gets one line for each call; unless given, JSON lines go to standard output. */
  readonly log?: Log
  /** Text before the message of these lines; nothing unless given. */
  readonly logPrefix?: string
  /** What `api` and `state` of handlers reach; unless given, nothing: their methods reject and say so. */
  readonly cluster?: ManagementCluster
  /** The time that handlers get: that of the machine unless given. */
  readonly now?: () => Date
  /** Bounds the memory of request bodies: 24 MiB for this app unless given. */
  readonly budget?: BodyBudget
  /** Counts calls, for whoever reads its metrics; nothing is counted unless given. */
  readonly metrics?: ExtensionMetrics
}

/** What calls are answered with: the dependencies with their defaults. */
export type AllDependencies = Required<Omit<Dependencies, 'metrics'>> &
  Pick<Dependencies, 'metrics'>

/** Adds the defaults. */
export function withDefaults(given: Dependencies): AllDependencies {
  const log = given.log ?? createLog(flags.v.default, pino.destination({ sync: true }))
  return {
    logPrefix: '',
    cluster: given.cluster ?? openManagementCluster('', { kind: 'none' }, log),
    now: () => new Date(),
    budget: given.budget ?? createBodyBudget(flags['max-body-bytes-inflight'].default),
    ...given,
    log,
  }
}
