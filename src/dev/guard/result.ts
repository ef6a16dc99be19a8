import type { HolderVerdict, Verdict } from '../../rollout/verdict.ts'

/**
 * What an edit does. `decides otherwise`: a hook goes on where it held or refused, or the other way round, or plans
 * or declares something else. `error`: the extension does not answer.
 */
export type GuardVerdict = Verdict | 'decides otherwise' | 'error'

/** What an edit does to one part of a Cluster. */
export interface Effect extends Omit<HolderVerdict, 'verdict'> {
  /** Empty when it is about all Clusters. */
  readonly cluster: string
  /** The part of the Cluster, or the hook when it is about none. */
  readonly holder: string
  readonly verdict: GuardVerdict
  /** What is different, in one sentence, where `changes` do not say it. */
  readonly reason?: string
  /** What is different and has no effect on Machines. */
  readonly notes?: readonly string[]
}

/** An effect, and the recordings that show it. */
export interface Result extends Effect {
  readonly hook: string
  /** Name of the handler; undefined for Discovery. */
  readonly handler: string | undefined
  /** Name of the patch of the ClusterClass, where it is known. */
  readonly patch?: string
  /** Files of the recordings. */
  readonly recordings: readonly string[]
}

/** An effect of nothing: the start of any other. */
export function effectOn(cluster: string, holder: string, more: Partial<Effect> = {}): Effect {
  return { cluster, holder, verdict: 'nothing', changes: [], rules: [], ...more }
}
