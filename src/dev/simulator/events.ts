import type { Finding } from '../../rules/table.ts'

/** How a call ended: `ignored` is an error of the call that failurePolicy Ignore forgives. */
export type CallVerdict = 'ok' | 'blocks' | 'Failure' | 'ignored' | 'breaks'

/** A new part of the Cluster's life begins. */
export interface PhaseEvent {
  readonly event: 'phase'
  readonly title: string
  /** What happens in it, for someone who sees it for the first time. */
  readonly text: string
}

/** A hook was called. */
export interface CallEvent {
  readonly event: 'call'
  /** Since the run began. */
  readonly offsetMilliseconds: number
  readonly hook: string
  /** Name of the handler, without that of the ExtensionConfig. */
  readonly handler: string
  readonly milliseconds: number
  readonly verdict: CallVerdict
  readonly retryAfterSeconds?: number
  readonly message?: string
  /** The same call once more after it succeeded, to see whether the answer holds. */
  readonly again?: true
  readonly findings: readonly Finding[]
}

/** Several calls together do not keep a rule. */
interface FindingEvent {
  readonly event: 'finding'
  readonly hook: string
  readonly finding: Finding
}

/** Something worth knowing that no rule is about. */
interface NoteEvent {
  readonly event: 'note'
  readonly text: string
}

/** The end: what was called and what was found. */
export interface SummaryEvent {
  readonly event: 'summary'
  /** Names of the hooks that were called. */
  readonly hooksCalled: readonly string[]
  /** Hooks of the contract that were not called, and why. */
  readonly hooksSkipped: readonly { readonly hook: string; readonly reason: string }[]
  readonly calls: number
  readonly seconds: number
  readonly slowest?: { readonly hook: string; readonly milliseconds: number }
  /** How many of the findings are warnings. */
  readonly warnings: number
  /** How many of the findings are breaks. */
  readonly breaks: number
  /** Every rule that a hook did not keep, with how often and its first example. Breaks come first. */
  readonly findings: readonly (Finding & { readonly hook: string; readonly times: number })[]
}

/** What happens in a run, in order. */
export type SimulationEvent = PhaseEvent | CallEvent | FindingEvent | NoteEvent | SummaryEvent

/** Takes the events of a run as they happen. */
export type Emit = (event: SimulationEvent) => void
