import * as v from 'valibot'
import type { ClusterClassVariable, JSONSchemaProps } from '../contract/variables.ts'
import { clone } from '../json/clone.ts'
import { field } from '../json/path.ts'
import { checkValue, type OptionalOutput, takingUndefined } from './check-value.ts'
import { openAPIV3SchemaOf } from './open-api-schema.ts'

const checkDeclaration =
  process.env['NODE_ENV'] === 'production'
    ? undefined
    : (await import('./check-declaration.ts')).checkDeclaration

/**
 * What a ClusterClass says of a variable beside its schema (ClusterClassVariable in
 * api/core/v1beta2).
 *
 * @example
 * ```ts
 * const options: VariableOptions<string> = {
 *   required: true,
 *   description: 'Image of all machines',
 *   example: 'ami-0123456789abcdef0',
 *   labels: { team: 'platform' },
 * }
 * ```
 */
export interface VariableOptions<Value> {
  /** Whether a Cluster must set it; false unless given. */
  required?: boolean
  description?: string
  /** Set in Clusters that do not set it, before a default of the schema itself. */
  default?: Value
  /** Only shown. */
  example?: Value
  labels?: Record<string, string>
  annotations?: Record<string, string>
  'x-kubernetes-validations'?: JSONSchemaProps['x-kubernetes-validations']
}

/**
 * A variable without its name; Value is what its reader gets.
 *
 * @example
 * ```ts
 * const replicas: VariableDeclaration<number> = variable(v.pipe(v.number(), v.minValue(1)), {
 *   default: 3,
 * })
 * ```
 */
export interface VariableDeclaration<Value> {
  schema: v.GenericSchema<unknown, Value>
  options: VariableOptions<unknown>
}

/**
 * Values by variable, `undefined` where a variable that is not required and has no default is not
 * set.
 *
 * @example
 * ```ts
 * const declarations = { image: variable(v.string(), { required: true }) }
 * const withDefaults = (values: Partial<ValuesOf<typeof declarations>>) => ({ image: 'a', ...values })
 * ```
 */
export type ValuesOf<Declarations> = {
  [Name in keyof Declarations]: Declarations[Name] extends VariableDeclaration<infer Value>
    ? Value
    : never
}

/**
 * The variables of an extension, made by `defineVariables`.
 *
 * @example
 * ```ts
 * export default defineHook(DiscoverVariables, () => ({ variables: variables.definitions }))
 *
 * type Values = ReturnType<typeof variables.parse>
 * ```
 */
export interface Variables<Values> {
  /** The answer to DiscoverVariables. */
  definitions: ClusterClassVariable[]
  /**
   * The typed values; the caller may keep and change them. Throws VariableError for the first
   * value, in order of declaration, that does not fit its schema.
   */
  parse(values: Readonly<Record<string, unknown>>): Values
}

// The type of options that are not written in place has every name: it does not tell which are set.
type HasDefault<Option> = keyof VariableOptions<unknown> extends Option
  ? false
  : 'default' extends Option
    ? true
    : false

type Given<Schema extends v.GenericSchema> = Exclude<v.InferInput<Schema>, undefined>

/**
 * One variable: its type, its validation and its answer to DiscoverVariables. It is there, and never
 * undefined, when it is required or has a default, of the schema or of the options.
 *
 * @example
 * ```ts
 * const image = variable(v.pipe(v.string(), v.regex(/^ami-/)), { required: true })
 * const replicas = variable(v.pipe(v.number(), v.integer()), { default: 3 })
 * const proxy = variable(v.object({ host: v.string(), port: v.optional(v.number(), 3128) }))
 * ```
 */
export function variable<
  Schema extends v.GenericSchema,
  const Required extends boolean = false,
  Option extends keyof VariableOptions<unknown> = never,
>(
  schema: Schema,
  options?: Pick<VariableOptions<Given<Schema>>, Option> & { required?: Required },
): VariableDeclaration<
  HasDefault<Option> extends true
    ? Exclude<v.InferOutput<Schema>, undefined>
    : Required extends true
      ? v.InferOutput<Schema>
      : OptionalOutput<Schema>
>
export function variable(
  schema: v.GenericSchema,
  options: VariableOptions<unknown> = {},
): VariableDeclaration<unknown> {
  if ('default' in options) return { schema: v.optional(schema, options.default), options }
  return { schema: options.required ? schema : takingUndefined(schema), options }
}

/**
 * Declares the variables of an extension: one declaration gives the typed value, its validation and
 * the answer to DiscoverVariables. Throws when a declaration cannot be told to Cluster API.
 *
 * @example
 * ```ts
 * const variables = defineVariables({
 *   image: variable(v.string(), { required: true, example: 'ami-0123456789abcdef0' }),
 *   replicas: variable(v.number(), { default: 3 }),
 *   proxy: variable(v.object({ host: v.string() })),
 * })
 * export default defineHook(DiscoverVariables, () => ({ variables: variables.definitions }))
 * ```
 */
export function defineVariables<Declarations extends Record<string, VariableDeclaration<unknown>>>(
  declarations: Declarations,
): Variables<ValuesOf<Declarations>> {
  const entries = Object.entries(declarations)
  return {
    definitions: entries.map(([name, declaration]) => definitionOf(name, declaration)),
    parse(values) {
      const parsed = entries.map(([name, { schema }]) => [
        name,
        // A copy of the outcome, since a default is the same object each time.
        clone(checkValue(`variable "${name}"`, schema, field(values, name))),
      ])
      // Each value has passed the schema of its declaration, which TypeScript does not see through
      // fromEntries.
      return Object.fromEntries(parsed) as ValuesOf<Declarations>
    },
  }
}

function definitionOf(
  name: string,
  { schema, options }: VariableDeclaration<unknown>,
): ClusterClassVariable {
  const { required = false, labels, annotations, ...keywords } = options
  const metadata = { ...(labels && { labels }), ...(annotations && { annotations }) }
  const hasMetadata = labels || annotations
  try {
    if (name === 'builtin' || name === '' || name.includes('.'))
      throw new Error('choose a name that is not "builtin" and has no dot')
    for (const keyword of ['default', 'example'] as const)
      if (keyword in keywords) checkValue(keyword, schema, keywords[keyword])
    const definition = {
      name,
      required,
      schema: {
        openAPIV3Schema: {
          ...openAPIV3SchemaOf(schema),
          ...keywords,
          ...(hasMetadata && { 'x-metadata': metadata }),
        },
      },
      ...(hasMetadata && { deprecatedV1Beta1Metadata: metadata }),
    }
    checkDeclaration?.(definition)
    return definition
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause
    throw new Error(`variable "${name}" cannot be declared: ${reason}`, { cause })
  }
}
