import { UnknownToTemplates } from './errors.ts'
import { isList, type List, type Value } from './values.ts'

/**
 * Refuses a list whose order Go does not fix, as `keys` gives: what depends on it differs from call to
 * call, and rolls out Machines at random.
 */
export function refuseOrder(list: List): List {
  if (list.isUnordered && list.items.length > 1)
    throw new UnknownToTemplates(
      'the order of what keys or values give, which changes from call to call: put sortAlpha behind it',
    )
  return list
}

// What gives the same for any order, or hands the list on as it is.
const orderless = new Set(
  [
    ['sortAlpha', 'len', 'has', 'mustHas', 'empty', 'not', 'kindOf', 'kindIs', 'typeOf', 'typeIs'],
    ['default', 'ternary', 'coalesce', 'list', 'tuple', 'dict', 'set', 'all', 'any'],
  ].flat(),
)

/** Refuses such lists as arguments of a function that depends on their order. */
export function checkOrder(name: string, values: readonly Value[]): void {
  if (!orderless.has(name)) for (const value of values) if (isList(value)) refuseOrder(value)
}
