import { canonicalJSON } from '../../json/json.ts'
import type { Result } from './result.ts'

/** Results of different recordings that say the same, as one; it has all their recordings. */
export function mergeResults(results: readonly Result[]): Result[] {
  const groups = Map.groupBy(results, ({ recordings: _, machines, ...rest }) => canonicalJSON(rest))
  return [...groups.values()].map((equal) => {
    const [first] = equal
    if (!first) throw new RangeError('a group without a result')
    const { machines: _, ...rest } = first
    const counts = equal.map(({ machines }) => machines)
    const known = counts.filter((count) => count !== undefined)
    return {
      ...rest,
      // A Cluster has grown between two recordings.
      ...(known.length === counts.length && { machines: Math.max(...known) }),
      recordings: [...new Set(equal.flatMap(({ recordings }) => recordings))],
    }
  })
}
