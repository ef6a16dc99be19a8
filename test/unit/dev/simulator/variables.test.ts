import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JSONSchemaProps } from '../../../../src/contract/variables.ts'
import { plausibleValue, resolveVariables } from '../../../../src/dev/simulator/variable-values.ts'
import { withDefaultValues } from '../../../../src/rules/default-values.ts'
import { checkSchemaValue } from '../../../../src/rules/schema-value.ts'
import { checkVariables } from '../../../../src/rules/variables.ts'

const variable = (openAPIV3Schema: JSONSchemaProps, name = 'v', required = false) => ({
  name,
  required,
  schema: { openAPIV3Schema },
})
const text: JSONSchemaProps = { type: 'string' }
const either: JSONSchemaProps = { 'x-kubernetes-int-or-string': true }

describe('ClusterClass validation', () => {
  it("takes the variables of Cluster API's test extension", () => {
    const file = new URL('../../../recorded/discovervariables-01.json', import.meta.url)
    const { response } = JSON.parse(readFileSync(file, 'utf8'))
    const { variables, findings } = checkVariables(response.body)
    expect(findings).toEqual([])
    expect(variables).toHaveLength(5)
  })

  it.each<[string, JSONSchemaProps, string[]]>([
    ['a string', text, []],
    ['a map', { type: 'object', additionalProperties: text }, []],
    ['an object', { type: 'object', properties: { a: text }, required: ['a'] }, []],
    ['a list', { type: 'array', items: text }, []],
    ['int-or-string', { ...either, anyOf: [{ type: 'integer' }, { type: 'string' }] }, []],
    ['anything', { 'x-kubernetes-preserve-unknown-fields': true }, []],
    ['no type', {}, ['variable-schema']],
    ['another type', { type: 'text' }, ['variable-schema']],
    ['no type within', { type: 'object', properties: { a: {} } }, ['variable-schema']],
    ['no type in a map', { type: 'object', additionalProperties: {} }, ['variable-schema']],
    ['no items', { type: 'array' }, ['variable-schema']],
    [
      'object and map',
      { type: 'object', properties: { a: text }, additionalProperties: text },
      ['variable-schema'],
    ],
    ['a type in anyOf', { ...text, anyOf: [{ type: 'string' }] }, ['variable-schema']],
    ['a default in not', { ...text, not: { default: 'a' } }, ['variable-schema']],
    ['a property of allOf only', { type: 'object', allOf: [{ properties: { a: {} } }] }, []],
    ['a bad pattern', { ...text, pattern: '(' }, ['variable-schema']],
    ['a pattern with a flag of RE2', { ...text, pattern: '(?i)^a$', default: 'A' }, []],
    ['a pattern with groups of RE2', { ...text, pattern: '^(?P<n>[[:alpha:]])\\z' }, []],
    ['a pattern with a lookahead', { ...text, pattern: '^(?!x)y' }, ['variable-schema']],
    ['a pattern with a backreference', { ...text, pattern: '(a)\\1' }, ['variable-schema']],
    ['a pattern with 1001 repetitions', { ...text, pattern: 'a{1001}' }, ['variable-schema']],
    [
      'an empty rule',
      { ...text, 'x-kubernetes-validations': [{ rule: ' ' }] },
      ['variable-schema'],
    ],
    ['x-metadata', { ...text, 'x-metadata': { labels: { a: 'b' } } }, []],
    [
      'bad x-metadata',
      { ...text, 'x-metadata': { annotations: { 'a b': 'c' } } },
      ['variable-metadata'],
    ],
    ['a default', { ...text, default: 'a' }, []],
    ['a wrong default', { ...text, default: 1 }, ['variable-value']],
    [
      'a wrong default within',
      { type: 'array', items: { ...text, default: 1 } },
      ['variable-value'],
    ],
    [
      'a default with other fields',
      { type: 'object', properties: { a: text }, default: { b: '' } },
      ['variable-value'],
    ],
    ['a wrong example', { type: 'integer', maximum: 3, example: 4 }, ['variable-value']],
    ['a wrong enum', { ...text, enum: ['a', 1] }, ['variable-value']],
    ['a default out of enum', { ...text, enum: ['a'], default: 'b' }, ['variable-value']],
  ])('of %s', (_, schema, expected) => {
    const { findings } = checkVariables({ variables: [variable(schema)] })
    expect(findings.map(({ rule }) => rule)).toEqual(expected)
  })

  it('needs a schema', () => {
    const { findings } = checkVariables({ variables: [{ name: 'v', required: true }] })
    expect(findings.map(({ rule }) => rule)).toEqual(['variable-schema'])
  })

  it.each([
    ['', ['variable-name']],
    ['builtin', ['variable-name']],
    ['a.b', ['variable-name']],
    ['a-b_c', []],
  ])('of the name "%s"', (name, expected) => {
    const { findings, variables } = checkVariables({ variables: [variable(text, name)] })
    expect(findings.map(({ rule }) => rule)).toEqual(expected)
    expect(variables).toHaveLength(expected.length === 0 ? 1 : 0)
  })
})

describe('a value', () => {
  const object: JSONSchemaProps = { type: 'object', properties: { a: text }, required: ['a'] }
  it.each<[JSONSchemaProps, unknown, string[]]>([
    [text, 'a', []],
    [text, 1, ['value is integer, not string']],
    [text, null, ['value is null, not string']],
    [{ type: 'number' }, 1, []],
    [{ type: 'integer' }, 1.5, ['value is number, not integer']],
    [either, 1, []],
    [either, '1', []],
    [either, true, ['value is boolean, not integer or string']],
    [{ ...text, minLength: 2 }, 'a', ['value has fewer than 2 characters']],
    [{ ...text, maxLength: 1 }, '😀', []],
    [{ ...text, pattern: '^a' }, 'b', ['value does not match ^a']],
    [{ ...text, pattern: '(?i)^a$' }, 'A', []],
    [{ ...text, pattern: '^.$' }, '😀', []],
    [{ ...text, pattern: '^\\s$' }, '\u00a0', ['value does not match ^\\s$']],
    [{ type: 'integer', minimum: 1 }, 0, ['value is below 1']],
    [{ type: 'integer', minimum: 1, exclusiveMinimum: true }, 1, ['value is not above 1']],
    [{ type: 'integer', maximum: 1, exclusiveMaximum: true }, 1, ['value is not below 1']],
    [{ type: 'array', items: text, minItems: 1 }, [], ['value has fewer than 1 items']],
    [{ type: 'array', items: text, uniqueItems: true }, ['a', 'a'], ['value has items twice']],
    [{ type: 'array', items: text }, ['a', 1], ['value[1] is integer, not string']],
    [object, { a: 'b' }, []],
    [object, {}, ['value has no a, which is required']],
    [object, { a: 'b', c: 1 }, ['value.c is not in the schema']],
    [
      { type: 'object', additionalProperties: text },
      { 'a.b': 1 },
      ['value["a.b"] is integer, not string'],
    ],
    [{ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, { a: 1 }, []],
    [
      { ...object, anyOf: [{ properties: { a: { enum: ['b'] } } }] },
      { a: 'c' },
      ['value fits nothing in anyOf'],
    ],
    [
      { ...object, oneOf: [{ required: ['a'] }, { required: ['a'] }] },
      { a: '' },
      ['value does not fit exactly one of oneOf'],
    ],
    [{ ...object, not: { required: ['a'] } }, { a: '' }, ['value fits what not excludes']],
    [{ ...text, allOf: [{ minLength: 2 }] }, 'a', ['value has fewer than 2 characters']],
  ])('by %j: %j', (schema, value, expected) => {
    expect(checkSchemaValue(schema, value)).toEqual(expected)
  })
})

describe('a Cluster', () => {
  it('sets what it has to, and gets the defaults of the rest', () => {
    const definitions = [
      variable({ ...text, example: 'kindest' }, 'required', true),
      variable({ ...text, default: 'x' }, 'defaulted'),
      variable({ ...text, default: 'y' }, 'both', true),
      variable(text, 'optional'),
      variable(text, 'given'),
    ]
    expect(resolveVariables(definitions, { given: 'mine' })).toEqual({
      variables: [
        { name: 'required', value: 'kindest' },
        { name: 'defaulted', value: 'x' },
        { name: 'both', value: 'y' },
        { name: 'given', value: 'mine' },
      ],
      problems: [],
    })
  })

  it('cannot guess every value', () => {
    const { problems } = resolveVariables(
      [variable({ ...text, pattern: '^v1' }, 'version', true)],
      {},
    )
    expect(problems).toEqual([
      'variable version: "simulated": value does not match ^v1; set it with --variable version=…',
    ])
  })

  it('cannot set a variable that nobody knows', () => {
    expect(resolveVariables([], { other: 1 }).problems).toEqual([
      'variable other: no handler discovers it',
    ])
  })

  it('gets defaults within its values', () => {
    const schema: JSONSchemaProps = {
      type: 'object',
      properties: {
        a: { ...text, default: 'x' },
        b: {
          type: 'array',
          items: { type: 'object', properties: { c: { ...text, default: 'y' } } },
        },
        d: { type: 'object', properties: { e: { ...text, default: 'z' } } },
      },
    }
    expect(withDefaultValues(schema, { b: [{}] })).toEqual({ a: 'x', b: [{ c: 'y' }] })
  })

  it.each<[JSONSchemaProps, unknown]>([
    [{ ...text, default: 'a', example: 'b', enum: ['c', 'b', 'a'] }, 'a'],
    [{ ...text, example: 'b', enum: ['c', 'b'] }, 'b'],
    [{ ...text, enum: ['c'] }, 'c'],
    [{ ...text, minLength: 12 }, 'simulated---'],
    [{ ...text, maxLength: 3 }, 'sim'],
    [{ type: 'boolean' }, true],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'integer', minimum: 3, exclusiveMinimum: true }, 4],
    [{ type: 'array', items: { ...text, example: 'x' }, minItems: 2 }, ['x', 'x']],
    [
      { type: 'object', properties: { a: { type: 'boolean' }, b: text }, required: ['a'] },
      { a: true },
    ],
  ])('might set, by %j, %j', (schema, expected) => {
    expect(plausibleValue(schema)).toEqual(expected)
    expect(checkSchemaValue(schema, expected)).toEqual([])
  })
})
