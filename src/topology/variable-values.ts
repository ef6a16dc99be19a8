import type * as v from 'valibot'
import type { Variable } from '../contract/topology.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { merge } from '../json/merge.ts'
import { field } from '../json/path.ts'
import { checkValue, type OptionalOutput, takingUndefined, VariableError } from './check-value.ts'

/** The variables of a request by name; a null list is an empty one. */
export type VariableList = readonly Variable[] | null | undefined

/**
 * The values that count for a template, by name: its own win over the request's. Of `builtin` each
 * side has a part; these are merged.
 */
export function mergeVariables(global: VariableList, ofTemplate: VariableList): JsonObject {
  const [first, second] = [byName(global), byName(ofTemplate)]
  const both = 'builtin' in first && 'builtin' in second
  const builtin = both && { builtin: merge(first['builtin'], second['builtin']) }
  return { ...first, ...second, ...builtin }
}

/** The values of a list by name; the last of a name counts. */
export function byName(variables: VariableList): JsonObject {
  return Object.fromEntries((variables ?? []).map(({ name, value }) => [name, value]))
}

/**
 * The value at a path such as `builtin.controlPlane.version` or `files[0].path`. When it is not
 * there: the default of the schema, or undefined. Throws VariableError when the path leads through a value of another type, or
 * when the value does not fit the schema, and Error when the path itself is wrong.
 *
 * @example
 * ```ts
 * patchTemplate(AWSMachineTemplate, ({ template, values }) => {
 *   const image = getVariable(values, 'images[0].id', v.string())
 *   if (image !== undefined) template.spec.template.spec.ami = { id: image }
 * })
 * ```
 */
export function getVariable<Schema extends v.GenericSchema>(
  variables: Readonly<Record<string, unknown>>,
  path: string,
  schema: Schema,
): OptionalOutput<Schema>
export function getVariable(
  variables: Readonly<Record<string, unknown>>,
  path: string,
  schema: v.GenericSchema,
): unknown {
  const subject = `variable "${path}"`
  let value: unknown = variables
  for (const step of stepsOf(path)) {
    if (value === undefined || value === null) {
      value = undefined
      break
    }
    if (typeof step === 'number') {
      if (!Array.isArray(value)) throw new VariableError(`${subject}: no list to take [${step}] of`)
      value = value[step]
    } else {
      if (!isObject(value)) throw new VariableError(`${subject}: no object to take ${step} of`)
      value = field(value, step)
    }
  }
  return checkValue(subject, takingUndefined(schema), value)
}

// `a.b[0]` as its steps a, b and 0.
function stepsOf(path: string): (string | number)[] {
  return path.split('.').flatMap((segment) => {
    const match = /^([^[\]]+)((?:\[\d+\])*)$/.exec(segment)
    if (!match?.[1]) throw new Error(`"${path}" is no path of a variable: write it like a.b[0].c`)
    const indexes = match[2]?.match(/\d+/g) ?? []
    return [match[1], ...indexes.map(Number)]
  })
}
