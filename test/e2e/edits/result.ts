import type { HolderVerdict } from '../../../src/rollout/verdict.ts'
import type { Outcome } from './edited.ts'
import type { Observed } from './observe.ts'
import type { Planned } from './plan.ts'
import type { Prediction } from './predict.ts'

/** An edit with what was predicted and what came of it. */
export interface Result {
  readonly planned: Planned
  readonly what: string
  readonly prediction: Prediction
  readonly observed: readonly Observed[]
  readonly outcome: Outcome
  /** What the controllers logged about it. */
  readonly log: readonly string[]
}

/** A prediction and what came of it, for one part of a Cluster. */
export interface Row {
  readonly holder: string
  readonly predicted: string
  readonly observed: string
  readonly isOpen: boolean
}

/** One row for each part of the Cluster. */
export function rowsOf({ prediction, observed, outcome }: Result): Row[] {
  return observed.map((seen) => {
    const verdict = prediction.verdicts.find(({ holder }) => holder === seen.holder)
    const predicted = verdict ? textOfPrediction(verdict, seen.machines) : 'no verdict'
    const isRefused = prediction.problems.length > 0
    return {
      holder: seen.holder,
      predicted: isRefused ? 'refused' : predicted,
      observed: outcome.refusal === undefined ? textOfObserved(seen) : 'refused',
      // One part that is refused holds back the others.
      isOpen:
        !isRefused &&
        (outcome.refusal === undefined ? [verdict] : prediction.verdicts).some(
          (each) => each?.verdict === 'could not tell',
        ),
    }
  })
}

function textOfPrediction(verdict: HolderVerdict, all: number): string {
  const { inPlace = 0, machines = all, replaced = machines - inPlace } = verdict
  if (verdict.verdict === 'rolls out') return counts(replaced, inPlace)
  // What it does with its Machines nobody can tell; those of the sandbox stay.
  if (verdict.verdict === 'provider decides') return 'in place'
  if (inPlace > 0) return counts(0, inPlace)
  const { changes } = verdict
  // Then the controller writes which fields are its own, or nothing at all.
  const isVersionAlone = changes.length > 0 && changes.every(({ path }) => path === 'apiVersion')
  return isVersionAlone ? 'no new Machine' : verdict.verdict
}

function textOfObserved({ replaced, inPlace, changes }: Observed): string {
  if (replaced > 0 || inPlace > 0) return counts(replaced, inPlace)
  if (changes.length === 0) return 'nothing'
  return changes.every((change) => change.includes(' metadata.owned')) ? ownedAlone : 'in place'
}

/** The controller wrote which fields are its own, and no value changed: nothing, or in place. */
const ownedAlone = 'nothing but ownership'

const counts = (replaced: number, inPlace: number) =>
  [
    ...(replaced > 0 ? [`${replaced} replaced`] : []),
    ...(inPlace > 0 ? [`${inPlace} updated`] : []),
  ].join(', ')

/** Whether something else came than what was predicted; 'could not tell' is not wrong. */
export const isWrong = ({ predicted, observed, isOpen }: Row) =>
  !isOpen && predicted !== observed && !(alsoRight[observed] ?? []).includes(predicted)

const alsoRight: Readonly<Record<string, readonly string[]>> = {
  [ownedAlone]: ['nothing', 'in place', 'no new Machine'],
  nothing: ['no new Machine'],
  'in place': ['no new Machine'],
}

/** All edits in lines: number, Cluster, kind of edit, part of the Cluster, prediction, what came. */
export function tableOf(results: readonly Result[]): string {
  const lines = results.flatMap((result) => {
    const { number, cluster } = result.planned
    const rows = rowsOf(result)
    const telling = rows.filter(
      ({ predicted, observed }) => `${predicted}${observed}` !== 'nothingnothing',
    )
    const shown =
      telling.length > 0
        ? telling
        : [{ holder: 'all', predicted: 'nothing', observed: 'nothing', isOpen: false }]
    return shown.map((row, index) => [
      ...(index === 0 ? [String(number), cluster, shorten(result.what)] : ['', '', '']),
      row.holder,
      row.predicted,
      row.observed,
      isWrong(row) ? 'WRONG' : '',
    ])
  })
  const head = ['', 'Cluster', 'edit', 'part', 'predicted', 'observed', '']
  const all = [head, ...lines]
  const widths = head.map((_, column) =>
    Math.max(...all.map((line) => (line[column] ?? '').length)),
  )
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** All that is needed to see why a prediction was wrong. */
export function explain({ planned, what, prediction, observed, outcome, log }: Result): string {
  return [
    `edit ${planned.number} of ${planned.cluster} (${planned.kind}): ${what}`,
    ...(outcome.refusal === undefined ? [] : [`refused: ${outcome.refusal}`]),
    ...prediction.verdicts.map((verdict) => `predicted ${JSON.stringify(verdict, null, 1)}`),
    ...observed.map((seen) => `observed ${JSON.stringify(seen, null, 1)}`),
    ...prediction.problems.map((problem) => `schema: ${problem}`),
    ...prediction.after.notes.map((note) => `note of the render: ${note}`),
    ...prediction.after.patches.map(
      ({ name, state, message }) => `patch ${name} is ${state} ${message ?? ''}`,
    ),
    ...log,
  ].join('\n')
}

function shorten(text: string): string {
  const length = 110
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
