import { isObject, type JsonObject } from '../../json/json.ts'
import { field } from '../../json/path.ts'
import { TemplateError } from './go-template/errors.ts'

/**
 * The value at a path such as `builtin.cluster.name` or `files[0].path`
 * (core/reconcilers/topology/cluster/patches/variables/value.go). Throws when it is not there.
 */
export function getVariableValue(variables: JsonObject, path: string): unknown {
  let value: unknown = variables
  for (const segment of path.split('.')) {
    const { name, index } = readSegment(segment, path)
    const inner = child(value, name)
    if (inner === undefined)
      throw new TemplateError(`variable "${path}" does not exist: it has no "${name}"`)
    value = index === undefined ? inner : itemAt(inner, index, path)
  }
  return value
}

// An index of a list is a name as well: `list.0`.
function child(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined
  return isObject(value) ? field(value, name) : undefined
}

function itemAt(value: unknown, index: number, path: string): unknown {
  if (!Array.isArray(value))
    throw new TemplateError(`variable "${path}": no list to take [${index}] of`)
  if (index < value.length) return value[index]
  throw new TemplateError(`variable "${path}": the list does not have index ${index}`)
}

function readSegment(segment: string, path: string): { name: string; index: number | undefined } {
  if (!/[[\]]/.test(segment)) return { name: segment, index: undefined }
  // What follows the first index is not read.
  const match = /^([^[\]]*)\[\+?(\d+)\]/.exec(segment)
  if (match === null) throw new TemplateError(`variable "${path}" is invalid: "${segment}"`)
  return { name: match[1] ?? '', index: Number(match[2]) }
}
