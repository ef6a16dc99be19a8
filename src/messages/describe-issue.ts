import * as v from 'valibot'

/** Such as `cluster.metadata.name: expected string`; never the value that was found. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)
  return `${path === null ? '' : `${path}: `}${describeExpectation(issue)}`
}

/** What a schema expected, as the message of an issue. */
export function describeExpectation({ expected, received, type }: v.BaseIssue<unknown>): string {
  if (expected === 'never') return 'no such field'
  if (received === 'undefined') return 'required'
  return `expected ${expected ?? words[type] ?? type}`
}

// Where an action says nothing of what it expected, its name is no word for a user.
const words: Readonly<Record<string, string>> = {
  check: 'another value',
  to_bigint: 'a whole number',
  to_boolean: 'a boolean',
  to_date: 'a date',
  to_number: 'a number',
}
