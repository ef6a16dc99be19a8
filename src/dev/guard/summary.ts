import { levelOf } from './exit-code.ts'
import type { GuardOutcome } from './outcome.ts'
import type { GuardVerdict, Result } from './result.ts'

const words: Readonly<Record<GuardVerdict, string>> = {
  nothing: 'nothing changes',
  'in place': 'changes in place, without new Machines,',
  'provider decides': 'changes of which a provider decides what they do',
  'rolls out': 'new Machines',
  'decides otherwise': 'a hook decides otherwise',
  'could not tell': 'it could not tell',
  error: 'no answer that can be used',
}

/** What was found in one line. */
export function summaryOf({ results, compared, notCompared, against }: GuardOutcome): string {
  const verdicts = [...new Set(results.map(({ verdict }) => verdict))]
    .filter((verdict) => verdict !== 'nothing')
    .toSorted((a, b) => levelOf(b) - levelOf(a))
  const found = verdicts.map((verdict) => `${words[verdict]}${clustersOf(verdict, results)}`)
  const text = found.length === 0 ? words.nothing : found.join('; ')
  const skipped = Object.entries(notCompared).map(
    ([hook, count]) => `; ${count} of ${hook} are not, whose answer depends on the time`,
  )
  const number = `${compared} recording${compared === 1 ? ' is' : 's are'}`
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return `${sentence}. ${number} compared with ${against}${skipped.join('')}.`
}

function clustersOf(verdict: GuardVerdict, results: readonly Result[]): string {
  const affected = results.filter((result) => result.verdict === verdict)
  const clusters = [...new Set(affected.map(({ cluster }) => cluster))].filter(Boolean)
  if (clusters.length === 0) return ''
  return ` for ${clusters.length > 3 ? `${clusters.length} Clusters` : clusters.join(', ')}`
}
