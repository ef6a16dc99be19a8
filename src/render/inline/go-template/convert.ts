import { TemplateError, UnknownToTemplates } from './errors.ts'
import { typeOf } from './kinds.ts'
import type { NumberLiteral } from './nodes.ts'
import type { Parameter, ParameterTypes } from './signature.ts'
import { integer, isDictionary, isInteger, isVersion, nilDictionary, type Value } from './values.ts'

type Argument = ParameterTypes[Parameter]

const names: Partial<Record<Parameter, string>> = {
  map: 'map[string]interface {}',
  any: 'interface {}',
}

/** A value as the argument of a parameter, after validateType in text/template/exec.go. */
export function convert(value: Value, parameter: Parameter): Argument {
  if (parameter === 'reflected') return value
  if (parameter === 'any') return value ?? null
  const name = names[parameter] ?? parameter
  if (value === undefined) {
    if (parameter === 'map') return nilDictionary
    throw new TemplateError(`invalid value; expected ${name}: there is no value`)
  }
  if (value === null)
    throw new TemplateError(`wrong type for value; expected ${name}; got interface {}: it is null`)
  if (parameter === 'int' && isInteger(value) && value.kind === 'int') return safe(value.value)
  if (parameter === 'map' && isDictionary(value) && value.elementType === 'interface {}')
    return value
  if (parameter === '*semver.Version' && isVersion(value)) return value
  if (typeOf(value) === parameter && typeof value !== 'object') return value
  throw new TemplateError(`wrong type for value; expected ${name}; got ${typeOf(value)}`)
}

/** A number or nil of the template: the parameter gives a number its type. */
export function convertLiteral(
  literal: NumberLiteral | { readonly type: 'dot' | 'nil' },
  parameter: Parameter,
): Argument {
  if (literal.type !== 'number') {
    if (parameter === 'reflected') return undefined
    if (parameter === 'any') return null
    if (parameter === 'map') return nilDictionary
    throw new TemplateError(`cannot assign nil to ${parameter}`)
  }
  if (parameter === 'float64') return literal.float
  if (parameter === 'int') {
    if (literal.integer === undefined)
      throw new TemplateError(`expected integer; found ${literal.text}`)
    return safe(literal.integer)
  }
  return convert(numberOf(literal), parameter)
}

/** A number whose type nothing tells: idealConstant in text/template/exec.go. */
export function numberOf({ integer: whole, float, isFloat, text }: NumberLiteral): Value {
  if (isFloat) return float
  if (whole === undefined) throw new TemplateError(`${text} overflows int`)
  return integer('int', whole)
}

function safe(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new UnknownToTemplates(`an integer as large as ${value}`)
  return number
}
