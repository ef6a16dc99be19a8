import { type ItemOfRequest, partThatCounts } from '../rules/patches.ts'
import { changesOf } from './changes.ts'
import { rules } from './rules.ts'
import type { Effect } from './verdict.ts'

/** What a change of a template means that the controller keeps as a template and rotates. */
export function compareTemplates(before: ItemOfRequest, after: ItemOfRequest): Effect {
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  const isRotated = changes.some(({ path }) => path.startsWith('spec.'))
  if (!isRotated) return { verdict: 'in place', changes, rules: [rules.templateMetadata] }
  return { verdict: 'rolls out', changes, rules: [rules.templateRotates] }
}

/** What a change means of which only a provider knows what it does. */
export function compareForProvider(before: ItemOfRequest, after: ItemOfRequest): Effect {
  const changes = changesBetween(before, after)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  return { verdict: 'provider decides', changes, rules: [rules.providerDecides] }
}

/** The fields that reach the Cluster and differ. */
export function changesBetween(before: ItemOfRequest, after: ItemOfRequest) {
  const kind = String(after.object['kind'])
  return changesOf(partThatCounts(before), partThatCounts(after), kind)
}
