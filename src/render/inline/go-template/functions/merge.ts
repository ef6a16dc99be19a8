import { UnknownToTemplates } from '../errors.ts'
import { isTrue } from '../kinds.ts'
import { type Dictionary, dictionary, isDictionary, isVersion } from '../values.ts'

/** Sprig's merge: fills what is missing or empty in the first map, in place. */
export function merge(first: Dictionary, ...others: Dictionary[]): Dictionary {
  return mergeAll(first, others, false)
}

/** Sprig's mergeOverwrite: puts what the later maps have into the first one. */
export function mergeOverwrite(first: Dictionary, ...others: Dictionary[]): Dictionary {
  return mergeAll(first, others, true)
}

function mergeAll(
  first: Dictionary,
  others: readonly Dictionary[],
  overwrites: boolean,
): Dictionary {
  const target = first.isNil && others.some(({ isNil }) => !isNil) ? dictionary([]) : first
  for (const other of others) mergeInto(target, other, overwrites)
  return target
}

function mergeInto(target: Dictionary, source: Dictionary, overwrites: boolean): void {
  if (target.elementType !== source.elementType || (target.isNil && source.entries.size > 0))
    throw new UnknownToTemplates('a merge of maps of two types')
  for (const [key, value] of source.entries) {
    const present = target.entries.get(key)
    if (isVersion(value)) throw new UnknownToTemplates('a merge with a version')
    if (value === null && !overwrites) continue
    if (isDictionary(value) && isDictionary(present)) mergeInto(present, value, overwrites)
    else if (overwrites || !isTrue(present)) target.entries.set(key, value)
  }
}
