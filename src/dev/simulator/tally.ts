import { contracts } from '../../contract/index.ts'
import type { Handler } from '../../rules/discovery.ts'
import type { Finding } from '../../rules/table.ts'
import type { Clock } from './call.ts'
import type { CallEvent, Emit, SummaryEvent } from './events.ts'

/** Counts what passes through, and sums it up at the end. */
export interface Tally {
  /** Takes an event and hands it on. */
  readonly emit: Emit
  /** Makes, hands on and gives the summary. */
  finish(handlers: readonly Handler[]): SummaryEvent
}

/** Puts a tally in front of whoever takes the events. */
export function createTally(emit: Emit, clock: Clock): Tally {
  const start = clock.now()
  const calls: CallEvent[] = []
  const found: { readonly hook: string; readonly finding: Finding }[] = []

  return {
    emit(event) {
      if (event.event === 'call') {
        calls.push(event)
        found.push(...event.findings.map((finding) => ({ hook: event.hook, finding })))
      }
      if (event.event === 'finding') found.push(event)
      emit(event)
    },
    finish(handlers) {
      const called = new Set(calls.map(({ hook }) => hook))
      const hooks = contracts.map(({ hook }) => hook)
      const announced = new Set(handlers.map(({ contract }) => contract.hook))
      const slowest = calls.toSorted((a, b) => b.milliseconds - a.milliseconds)[0]
      const groups = Map.groupBy(found, ({ hook, finding }) => `${hook} ${finding.rule}`)
      const findings = [...groups.values()]
        .flatMap(([first, ...more]) =>
          first ? [{ ...first.finding, hook: first.hook, times: more.length + 1 }] : [],
        )
        .toSorted((a, b) => a.level.localeCompare(b.level))
      const count = (level: Finding['level']) =>
        findings.filter((finding) => finding.level === level).length
      const summary: SummaryEvent = {
        event: 'summary',
        hooksCalled: hooks.filter((hook) => called.has(hook)),
        hooksSkipped: hooks
          .filter((hook) => !called.has(hook))
          .map((hook) => ({ hook, reason: reasonOf(hook, announced) })),
        calls: calls.length,
        seconds: Math.round(clock.now() - start) / 1000,
        ...(slowest && { slowest: { hook: slowest.hook, milliseconds: slowest.milliseconds } }),
        warnings: count('warning'),
        breaks: count('break'),
        findings,
      }
      emit(summary)
      return summary
    },
  }
}

function reasonOf(hook: string, announced: ReadonlySet<string>): string {
  if (!announced.has(hook)) return 'not served'
  const asksFor = ['CanUpdateMachine', 'CanUpdateMachineSet']
  const nobodyAsks = hook === 'UpdateMachine' && !asksFor.some((other) => announced.has(other))
  return nobodyAsks ? `not called without ${asksFor.join(' or ')}` : 'not reached'
}
