import * as v from 'valibot'

/** `cluster.metadata.name: expected string`, never with the value that was found. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return `${path === null ? '' : `${path}: `}${describeExpectation(issue)}`
}

/** What was expected, as the message of an issue. */
export function describeExpectation({ expected, received, type }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'no such field'
  // Where a key is missing, valibot expects the key itself.
  if (received === 'undefined' && expected?.startsWith('"')) return 'required'
  return `expected ${expected ?? type}`
}
