import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { resolveVariables } from '../../../src/dev/simulator/variable-values.ts'
import { VariableError } from '../../../src/topology/check-value.ts'
import { defineVariables, variable } from '../../../src/topology/variables.ts'

const text = v.string()
const files = variable(v.array(v.object({ path: text, mode: v.optional(v.number()) })))
// As no linter lets it stand in a literal.
const loose = (source: string) => v.pipe(text, v.regex(new RegExp(source)))
const proxy = v.object({
  port: v.optional(v.number(), 80),
  hosts: v.optional(v.array(text), ['a']),
})
const variables = defineVariables({
  region: variable(text, { required: true }),
  replicas: variable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  files,
  anything: variable(v.unknown()),
  strict: variable(v.strictObject({})),
})

describe('parse', () => {
  it('gives the values that were sent, and undefined where nothing was', () => {
    const values = { region: 'a', files: [{ path: '/a' }], foreign: true }
    expect(variables.parse(values)).toEqual({
      region: 'a',
      replicas: undefined,
      files: [{ path: '/a' }],
      anything: undefined,
      strict: undefined,
    })
  })

  it('gives copies', () => {
    const values = { region: 'a', files: [{ path: '/a' }], anything: { b: [1] } }
    const parsed = variables.parse(values)
    parsed.files?.push({ path: '/b' })
    Object.assign(parsed.anything ?? {}, { c: 1 })
    expect(values).toEqual({ region: 'a', files: [{ path: '/a' }], anything: { b: [1] } })
  })

  it.each([
    ['variable "region": required', {}],
    ['variable "region": expected string', { region: 5 }],
    ['variable "region": expected string', { region: null }],
    ['variable "replicas": expected >=1', { region: 'a', replicas: 0 }],
    ['variable "files": expected Array', { region: 'a', files: 'SECRET' }],
    [
      'variable "files": [1].path: expected string',
      { region: 'a', files: [{ path: '' }, { path: 1 }] },
    ],
    ['variable "files": [0].path: required', { region: 'a', files: [{}] }],
    ['variable "strict": b: no such field', { region: 'a', strict: { b: 1 } }],
  ])('throws %s', (message, values) => {
    const error = catchError(() => variables.parse(values))
    expect(error).toBeInstanceOf(VariableError)
    expect(error).toHaveProperty('message', message)
  })

  it.each([
    ['of the schema', variable(v.optional(text, 'x')), 'x'],
    ['of the options', variable(text, { default: 'x' }), 'x'],
    [
      'of the options before that of the schema',
      variable(v.optional(text, 'y'), { default: 'x' }),
      'x',
    ],
    ['of a variable that is required', variable(text, { required: true, default: 'x' }), 'x'],
    [
      'with the defaults of its fields',
      variable(proxy, { default: {} }),
      { port: 80, hosts: ['a'] },
    ],
    ['that is false', variable(v.optional(v.boolean(), false)), false],
  ])('gives the default %s, and a Cluster gets the same', (_, declaration, expected) => {
    const { definitions, parse } = defineVariables({ it: declaration })
    expect(parse({})).toEqual({ it: expected })
    expect(resolveVariables(definitions, {}).variables).toEqual([{ name: 'it', value: expected }])
  })

  it('gives the defaults of fields', () => {
    const { parse } = defineVariables({ proxy: variable(proxy) })
    expect(parse({ proxy: { port: 1 } })).toEqual({ proxy: { port: 1, hosts: ['a'] } })
    expect(parse({})).toEqual({ proxy: undefined })
  })

  it('gives a default that the caller may change', () => {
    const { parse } = defineVariables({
      options: variable(v.unknown(), { default: ['a'] }),
      schema: variable(v.optional(v.looseObject({ a: v.unknown() }), { a: ['b'] })),
    })
    const first = parse({})
    if (Array.isArray(first.options)) first.options.push('c')
    if (Array.isArray(first.schema.a)) first.schema.a.push('c')
    expect(parse({})).toEqual({ options: ['a'], schema: { a: ['b'] } })
  })

  it.each([
    ['variable "url": must be a URL', { url: 'ftp://SECRET' }],
    ['variable "url": must be text', { url: 5 }],
    ['variable "list": [0].name: must be a name', { list: [{ name: '' }] }],
  ])('throws what the author of a check says: %s', (message, values) => {
    const { parse } = defineVariables({
      url: variable(v.pipe(v.string('must be text'), v.regex(/^https?:/, 'must be a URL'))),
      list: variable(
        v.array(
          v.object({
            name: v.pipe(
              text,
              v.minLength(1, () => 'must be a name'),
            ),
          }),
        ),
      ),
    })
    expect(() => parse(values)).toThrow(new VariableError(message))
  })

  it('reads no inherited name', () => {
    expect(defineVariables({ constructor: variable(text) }).parse({})).toHaveProperty(
      'constructor',
      undefined,
    )
  })
})

function catchError(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('did not throw')
}

describe('definitions', () => {
  it('hold the variables in their order, required always', () => {
    expect(variables.definitions.map(({ name, required }) => [name, required])).toEqual([
      ['region', true],
      ['replicas', false],
      ['files', false],
      ['anything', false],
      ['strict', false],
    ])
  })

  // Expected: what ClusterClasses hold (JSONSchemaProps in api/core/v1beta2/clusterclass_types.go).
  it.each([
    [text, { type: 'string' }],
    [v.boolean(), { type: 'boolean' }],
    [v.number(), { type: 'number' }],
    [
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
      { type: 'integer', minimum: 1, maximum: 9 },
    ],
    [
      v.pipe(text, v.minLength(1), v.maxLength(9), v.regex(/^a/)),
      { type: 'string', minLength: 1, maxLength: 9, pattern: '^a' },
    ],
    // With the flag u, JavaScript folds letters as RE2 does.
    [v.pipe(text, v.regex(/^k$/iu)), { type: 'string', pattern: '(?i)^k$' }],
    [v.pipe(text, v.regex(/^.$/su)), { type: 'string', pattern: '(?s)^.$' }],
    [v.pipe(text, v.regex(/^\p{L}$/u)), { type: 'string', pattern: '^\\p{L}$' }],
    [v.pipe(text, v.description('Where')), { type: 'string', description: 'Where' }],
    [v.picklist(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
    [v.literal('a'), { type: 'string', enum: ['a'] }],
    [v.literal(true), { type: 'boolean', enum: [true] }],
    [
      v.pipe(v.array(text), v.minLength(1)),
      { type: 'array', items: { type: 'string' }, minItems: 1 },
    ],
    [v.record(text, v.number()), { type: 'object', additionalProperties: { type: 'number' } }],
    [
      v.object({ a: text, b: v.optional(text, 'c') }),
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string', default: 'c' } },
        required: ['a'],
      },
    ],
    [v.object({ a: v.optional(text) }), { type: 'object', properties: { a: { type: 'string' } } }],
    [
      v.strictObject({ a: text }),
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    ],
    [
      v.looseObject({ a: v.optional(text) }),
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        'x-kubernetes-preserve-unknown-fields': true,
      },
    ],
    [v.unknown(), { 'x-kubernetes-preserve-unknown-fields': true }],
    [v.array(v.any()), { type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true } }],
    [v.union([text, v.pipe(v.number(), v.integer())]), { 'x-kubernetes-int-or-string': true }],
  ])('tell schema %#', (schema, openAPIV3Schema) => {
    const [definition] = defineVariables({ a: variable(schema) }).definitions
    expect(definition?.schema.openAPIV3Schema).toEqual(openAPIV3Schema)
  })

  it('hold what is said beside the schema', () => {
    const metadata = { labels: { a: 'b' }, annotations: { c: 'd' } }
    const rules = [{ rule: 'self != ""' }]
    const a = variable(text, {
      description: 'Where',
      default: '',
      example: 'x',
      ...metadata,
      'x-kubernetes-validations': rules,
    })
    expect(defineVariables({ a }).definitions).toEqual([
      {
        name: 'a',
        required: false,
        deprecatedV1Beta1Metadata: metadata,
        schema: {
          openAPIV3Schema: {
            type: 'string',
            description: 'Where',
            default: '',
            example: 'x',
            'x-metadata': metadata,
            'x-kubernetes-validations': rules,
          },
        },
      },
    ])
  })

  it.each([
    ['The "date" schema cannot be converted', v.date()],
    ['The "map" schema cannot be converted', v.map(text, text)],
    ['The "bigint" schema cannot be converted', v.bigint()],
    [
      'The "check" action cannot be converted',
      v.pipe(
        text,
        v.check(() => true),
      ),
    ],
    ['The "transform" action cannot be converted', v.pipe(text, v.transform(Number))],
    ['The "date" schema cannot be converted', v.object({ a: v.optional(v.date()) })],
    ['Cluster API has no keyword "nullable"', v.nullable(text)],
    ['Cluster API has no keyword "properties.a.nullable"', v.object({ a: v.nullish(text) })],
    ['Cluster API has no keyword "title"', v.pipe(text, v.title('a'))],
    ['Cluster API has no keyword "items.$ref"', v.array(v.lazy(() => text))],
    [
      'Kubernetes reads patterns as RE2, which cannot read ^(?!x)y: invalid or unsupported Perl syntax: `(?!`',
      v.pipe(text, v.regex(/^(?!x)y/)),
    ],
    [
      'a.b[]: Kubernetes reads patterns as RE2, which cannot read (a)\\1: invalid escape sequence: `\\1`',
      v.object({ b: v.array(v.pipe(text, v.regex(/(a)\1/))) }),
    ],
    ['the flag i of /^a$/i folds letters', v.pipe(text, v.regex(/^a$/i))],
    ['a pattern cannot say the flag m of /^a$/m', v.pipe(text, v.regex(/^a$/m))],
    ['a pattern cannot say the flag g of /a/g', v.pipe(text, v.regex(/a/g))],
    ['a pattern cannot say the flag v of /[a&&b]/v', v.pipe(text, v.regex(/[a&&b]/v))],
    ['\\A in /\\Aa/ is another thing in RE2', loose('\\Aa')],
    ['\\p in /\\pL/ is another thing in RE2', loose('\\pL')],
    ['[[: in /^[[:alpha:]]/ is another thing in RE2', v.pipe(text, v.regex(/^[[:alpha:]]/))],
    ['"minimum" must be integer', v.pipe(v.number(), v.minValue(0.5))],
    ['Cluster API takes no types in "anyOf"', v.union([text, v.boolean()])],
    [
      'Cluster API takes no types in "items.oneOf"',
      v.array(v.variant('a', [v.object({ a: v.literal('b') })])),
    ],
    [
      'Cluster API takes no types in "allOf"',
      v.intersect([v.object({ a: text }), v.object({ b: text })]),
    ],
    ['"additionalProperties.type" is missing', v.record(text, v.null())],
    [
      'Cluster API takes "properties" or "additionalProperties", not both',
      v.objectWithRest({ a: text }, text),
    ],
  ])('cannot be: %s', (reason, schema) => {
    expect(() => defineVariables({ a: variable(schema) })).toThrow(
      `variable "a" cannot be declared: ${reason}`,
    )
  })

  it.each([
    ['default: expected string', () => variable(text, { default: JSON.parse('5') })],
    [
      'example: [0].path: required',
      () => variable(v.array(v.object({ path: text })), { example: JSON.parse('[{}]') }),
    ],
  ])('cannot have a %s', (reason, declare) => {
    expect(() => defineVariables({ a: declare() })).toThrow(reason)
  })

  // What the controllers refuse of these: test/unit/rules/go-verdicts.jsonl.
  const rules = [{ rule: 'true' }]
  it.each([
    [
      'a list with a rule is refused: put it into a field of an object, and the rule there',
      variable(v.array(text), { 'x-kubernetes-validations': rules }),
    ],
    [
      'its rule may cost too much: a.b has no maxItems, a.b[] has no maxLength, a.c has no maxProperties',
      variable(v.object({ b: v.array(text), c: v.record(text, v.number()) }), {
        'x-kubernetes-validations': rules,
      }),
    ],
    [
      'a.b: default has fewer than 2 characters',
      variable(v.object({ b: v.optional(v.pipe(text, v.minLength(2)), 'x') })),
    ],
    ['"-a" is no valid name', variable(text, { labels: { '-a': '' } })],
  ])('cannot be what the controllers refuse: %s', (reason, declaration) => {
    expect(() => defineVariables({ a: declaration })).toThrow(
      new Error(`variable "a" cannot be declared: ${reason}`),
    )
  })

  it('can have a rule on what is bounded', () => {
    const bounded = v.object({
      b: v.pipe(v.array(v.pipe(text, v.maxLength(9))), v.maxLength(9)),
      c: v.pipe(v.record(text, v.picklist(['x', 'y'])), v.maxEntries(9)),
    })
    const a = variable(bounded, { 'x-kubernetes-validations': rules })
    expect(() => defineVariables({ a })).not.toThrow()
  })

  it.each(['builtin', '', 'a.b'])('cannot have the name "%s"', (name) => {
    expect(() => defineVariables({ [name]: variable(text) })).toThrow(
      `variable "${name}" cannot be declared: choose a name`,
    )
  })
})
