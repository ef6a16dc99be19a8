import { gravestOf } from './exit-code.ts'
import type { GuardReport } from './run-guard.ts'

/** The report in one line. */
export function summaryOf({ results, compared, notCompared, against }: GuardReport): string {
  const verdict = gravestOf(results.map((result) => result.verdict))
  const affected = new Set(
    results.filter((result) => result.verdict === verdict).map(({ cluster }) => cluster),
  )
  const clusters = [...affected].filter((cluster) => cluster !== '')
  const where = clusters.length > 3 ? `${clusters.length} Clusters` : clusters.join(', ')
  const words = {
    nothing: 'Nothing changes',
    'in place': `Changes in place, without new Machines: ${where}`,
    'provider decides': `A provider decides what changes: ${where}`,
    'rolls out': `Rolls out Machines: ${where}`,
    'decides otherwise': `A hook decides otherwise${where && `: ${where}`}`,
    'could not tell': 'Could not tell what changes',
    error: 'The extension does not answer',
  }[verdict]
  const skipped = Object.entries(notCompared).map(
    ([hook, count]) => `; ${count} of ${hook} not, whose answer depends on the time`,
  )
  return `${words}. ${countOf(compared)} compared with ${against}${skipped.join('')}.`
}

const countOf = (recordings: number) => `${recordings} recording${recordings === 1 ? '' : 's'}`
