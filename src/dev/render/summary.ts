import type { RenderReport } from './run-render.ts'

/** What came of a Cluster, in one line. */
export function summaryOf({ patches, schemas, refusals }: RenderReport): string {
  if (refusals.length > 0) return 'Cluster API would not go on with this Cluster:'
  const changing = patches.filter(({ changed }) => changed.length > 0)
  const templates = new Set(changing.flatMap(({ changed }) => changed.map(({ uid }) => uid)))
  const idle = patches.filter(({ state, matched }) => state === 'applied' && matched.length === 0)
  const unknown = patches.filter(({ state }) => state === 'unknown')
  const named = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ')
  return [
    `${changing.length} of ${count(patches.length, 'patch', 'es')} ${changing.length === 1 ? 'changes' : 'change'} ${count(templates.size, 'template')}`,
    idle.length > 0 && `without effect: ${named(idle)}`,
    unknown.length > 0 && `left out: ${named(unknown)}`,
    schemas && 'every template that was checked fits its schema',
  ]
    .filter(Boolean)
    .join('; ')
}

const count = (number: number, noun: string, plural = 's') =>
  `${number} ${noun}${number === 1 ? '' : plural}`
