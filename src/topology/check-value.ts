import * as v from 'valibot'
import { describeExpectation } from '../messages/describe-issue.ts'

/**
 * A variable of a Cluster has no value that fits. The message names variable and path, and says what
 * the failed check of the schema says, or else what was expected; never the value. Thrown by a function of
 * walkTemplates or validateTemplates, it is the message of a Failure.
 *
 * @example
 * ```ts
 * function imageOf({ image }: Values) {
 *   if (!image.startsWith('ami-'))
 *     throw new VariableError('variable "image": expected the id of an AMI')
 *   return { id: image }
 * }
 * ```
 */
export class VariableError extends Error {
  override name = 'VariableError'
}

/**
 * What a schema gives, and undefined only where it takes undefined and has no default for it.
 *
 * @example
 * ```ts
 * const zones = v.optional(v.array(v.string()), [])
 * const count = (value: OptionalOutput<typeof zones>) => value.length
 * ```
 */
export type OptionalOutput<Schema extends v.GenericSchema> =
  | v.InferOutput<Schema>
  | (undefined extends v.InferInput<Schema> ? never : undefined)

/** A schema that takes undefined too, and gives its own default for it when it has one. */
export function takingUndefined(schema: v.GenericSchema): v.GenericSchema {
  return v.is(schema, undefined) ? schema : v.optional(schema)
}

/**
 * The value as its schema gives it. Throws VariableError: `<subject>: [0].path: expected string`, or
 * the message of a check in place of `expected …`.
 */
export function checkValue<Schema extends v.GenericSchema>(
  subject: string,
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  // Valibot asks for a message only where a schema or an action has none of its own.
  const result = v.safeParse(schema, value, { abortEarly: true, message: describeExpectation })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')
  throw new VariableError(`${subject}: ${path === '' ? '' : `${path}: `}${issue.message}`)
}
