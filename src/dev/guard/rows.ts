import type { Change, Rule } from '../../rollout/verdict.ts'
import { gravestOf } from './exit-code.ts'
import type { Result } from './result.ts'

/** All that was found about one part of a Cluster. */
export interface Row {
  readonly cluster: string
  readonly holder: string
  /** The one that matters most. */
  readonly gravest: Result
  readonly results: readonly Result[]
}

/** The results by part of a Cluster, in their order. */
export function rowsOf(results: readonly Result[]): Row[] {
  const groups = Map.groupBy(results, ({ cluster, holder }) => `${cluster} ${holder}`)
  return [...groups.values()].flatMap((equal) => {
    const verdict = gravestOf(equal.map((result) => result.verdict))
    const gravest = equal.find((result) => result.verdict === verdict)
    if (!gravest) return []
    return [{ cluster: gravest.cluster, holder: gravest.holder, gravest, results: equal }]
  })
}

/** Whether a result is worth a line. */
export const hasNews = ({ verdict, notes = [] }: Result): boolean =>
  verdict !== 'nothing' || notes.length > 0

/** What a result says beside its changes. */
export const sentencesOf = ({ reason, notes = [], needs }: Result): string[] => [
  ...(reason === undefined ? [] : [reason]),
  ...notes,
  ...(needs === undefined ? [] : [`to tell more: ${needs}`]),
]

/** One file by its name, several by their number. */
export const listFiles = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${others.length + 1} recordings, such as ${first}`

/** Who made a change. */
export const madeBy = ({ handler, patch }: Pick<SharedChange, 'handler' | 'patch'>): string =>
  patch === undefined ? `${handler}` : `${handler} of patch ${patch}`

/** A change of templates, with all that has it. */
export interface SharedChange extends Change {
  readonly handler: string | undefined
  readonly patch: string | undefined
  readonly rules: readonly Rule[]
  /** Such as `default/demo`. */
  readonly clusters: readonly string[]
  readonly recordings: readonly string[]
}

/** The changes of all results: equal ones of several holders and Clusters once. */
export function changesOf(results: readonly Result[]): SharedChange[] {
  const all = results.flatMap((result) => result.changes.map((change) => ({ change, result })))
  const groups = Map.groupBy(all, ({ change, result: { handler, patch } }) =>
    JSON.stringify([change, handler, patch]),
  )
  return [...groups.values()].flatMap((equal) => {
    const [first] = equal
    if (!first) return []
    const unique = <T>(values: readonly T[]) => [...new Set(values)]
    return [
      {
        ...first.change,
        handler: first.result.handler,
        patch: first.result.patch,
        rules: unique(equal.flatMap(({ result }) => result.rules)),
        clusters: unique(equal.map(({ result }) => result.cluster)),
        recordings: unique(equal.flatMap(({ result }) => result.recordings)),
      },
    ]
  })
}
