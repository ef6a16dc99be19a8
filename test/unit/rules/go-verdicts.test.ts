import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JSONSchemaProps } from '../../../src/contract/variables.ts'
import { checkVariables } from '../../../src/rules/variables.ts'

interface Verdict {
  name: string
  schema: JSONSchemaProps
  errors: string[]
}

// One schema a line, with the errors of ValidateClusterClassVariables of Cluster API v1.14.2
// (internal/topology/variables) for a variable "v" of it, sorted. They were made by a Go test in that
// package, which reads the schemas and writes what the function says.
const verdicts: Verdict[] = readFileSync(new URL('go-verdicts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

// What only the controllers can tell: the errors and the cost of expressions, values by format.
const notChecked = [
  'a default against its format',
  'a rule on a list whose bounds are large',
  'an expression that does not parse',
  'an expression of another type',
  'an expression that is no boolean',
  'a messageExpression that is no string',
  'a default against a rule',
  'oldSelf in items',
]
// What the controllers take since the rule costs little, and the rules here refuse.
const conservative = [
  'a rule that only counts a list without maxItems',
  'a rule on other fields than the list without maxItems',
]

describe('a schema that the controllers judge', () => {
  it.each(verdicts)('is judged as they do: $name', ({ name, schema, errors }) => {
    const variable = { name: 'v', required: false, schema: { openAPIV3Schema: schema } }
    const { findings } = checkVariables({ variables: [variable] })
    const problems = findings.map(({ rule, detail }) => `${rule}: ${detail}`)
    if (conservative.includes(name)) {
      expect(errors).toEqual([])
      expect(problems).toEqual([expect.stringContaining('variable-rule-bounds: ')])
    } else if (errors.length === 0 || notChecked.includes(name)) expect(problems).toEqual([])
    else expect(problems.length).toBeGreaterThan(0)
  })

  it.each(notChecked)('is refused by them alone: %s', (name) => {
    expect(verdicts.find((verdict) => verdict.name === name)?.errors).not.toEqual([])
  })
})
