import { UnknownToTemplates } from './errors.ts'
import { isDictionary, isList, type Value } from './values.ts'

const maximumSteps = 1_000_000
const maximumLength = 100_000_000

/** Counts one step, and the length of what it made. Throws UnknownToTemplates when a run has too much of either. */
export type Spend = (length: number) => void

/** One counter for one run: a template without an end, or with a huge text, is not rendered to its end. */
export function effort(): Spend {
  let steps = 0
  let total = 0
  return (length) => {
    steps += 1
    total += length
    if (steps > maximumSteps) throw new UnknownToTemplates('a template of so many steps')
    if (total > maximumLength) throw new UnknownToTemplates('texts and lists of such a length')
  }
}

export function lengthOf(value: Value): number {
  if (typeof value === 'string') return value.length
  if (isList(value)) return value.items.length
  return isDictionary(value) ? value.entries.size : 1
}
