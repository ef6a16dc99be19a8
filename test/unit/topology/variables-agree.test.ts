import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { checkSchemaValue } from '../../../src/rules/schema-value.ts'
import { checkVariables } from '../../../src/rules/variables.ts'
import { VariableError } from '../../../src/topology/check-value.ts'
import { defineVariables, variable } from '../../../src/topology/variables.ts'
import { json } from '../json/arbitrary-json.ts'

/** A schema that a variable may have, with values which often fit it. */
interface Example {
  schema: v.GenericSchema
  value: fc.Arbitrary<unknown>
}
const of = (schema: v.GenericSchema, value: fc.Arbitrary<unknown>): Example => ({ schema, value })

const { example } = fc.letrec<{ example: Example }>((tie) => ({
  example: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      of(v.string(), fc.string({ maxLength: 3 })),
      of(v.pipe(v.string(), v.minLength(2)), fc.string({ maxLength: 3 })),
      // The letters that fold in another way without the flag u, and a character of two code units.
      of(v.pipe(v.string(), v.regex(/^[^a]$/su)), fc.constantFrom('a', '\n', '😀')),
      of(v.pipe(v.string(), v.regex(/^[ksß]$/iu)), fc.constantFrom('K', '\u212a', 'ſ', 'ẞ', 'ss')),
      of(v.picklist(['a', 'b']), fc.constantFrom('a', 'b', 'c')),
      of(v.boolean(), fc.boolean()),
      of(v.number(), fc.integer()),
      of(v.pipe(v.number(), v.integer(), v.minValue(0)), fc.integer({ min: -2, max: 9 })),
    ),
    tie('example').map(({ schema, value }) =>
      of(v.array(schema), fc.array(value, { maxLength: 3 })),
    ),
    tie('example').map(({ schema, value }) =>
      of(v.record(v.string(), schema), fc.dictionary(fc.constantFrom('a', 'b'), value)),
    ),
    fc
      .tuple(tie('example'), tie('example'))
      .map(([one, other]) =>
        of(
          v.strictObject({ a: one.schema, b: v.optional(other.schema) }),
          fc.record({ a: one.value, b: other.value, c: fc.constant(1) }, { requiredKeys: [] }),
        ),
      ),
  ),
}))

// The simulator's rules are those of the controller, written apart from the toolkit.
it('a value fits when read as it does by the schema that DiscoverVariables announces', () => {
  let fitting = 0
  const cases = example.chain(({ schema, value }) =>
    fc.tuple(fc.constant(schema), fc.oneof(value, value, value, json)),
  )
  fc.assert(
    fc.property(cases, ([schema, value]) => {
      const { definitions, parse } = defineVariables({ it: variable(schema, { required: true }) })
      const { variables, findings } = checkVariables({ variables: definitions })
      expect(findings).toEqual([])
      const announced = variables[0]?.schema.openAPIV3Schema ?? {}
      const problems = checkSchemaValue(announced, value)
      // Valibot takes a list for an object; the controller refuses it before any patch is asked for.
      fc.pre(problems.length === 0 || !problems.every((one) => one.endsWith('array, not object')))
      if (problems.length === 0) {
        fitting++
        expect(parse({ it: value })).toEqual({ it: value })
      } else expect(() => parse({ it: value })).toThrow(VariableError)
    }),
    { numRuns: 5000 },
  )
  expect(fitting).toBeGreaterThan(1000)
})
