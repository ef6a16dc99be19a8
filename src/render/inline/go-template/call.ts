import { convert, convertLiteral } from './convert.ts'
import { TemplateError } from './errors.ts'
import { isTrue } from './kinds.ts'
import type { Operand } from './nodes.ts'
import { checkOrder } from './order.ts'
import type { GoFunction, Parameter } from './signature.ts'
import type { Value } from './values.ts'

/** What a function or a method is given. */
export interface Given {
  readonly operands: readonly Operand[]
  /** What the command before in the pipeline handed on. */
  readonly final: { readonly value: Value } | undefined
  readonly evaluate: (operand: Operand) => Value
}

/** Calls a function, after evalCall in text/template/exec.go. */
export function callFunction(name: string, goFunction: GoFunction, given: Given): Value {
  const { parameters, rest, call } = goFunction
  const { operands, final, evaluate } = given
  const count = operands.length + (final === undefined ? 0 : 1)
  const wanted = parameters.length
  if (rest === undefined ? count !== wanted : count < wanted) {
    const least = rest === undefined ? '' : 'at least '
    throw new TemplateError(`wrong number of args for ${name}: want ${least}${wanted} got ${count}`)
  }
  if (name === 'and' || name === 'or') return evaluateJunctor(name, given)
  const typeAt = (index: number): Parameter => parameters[index] ?? rest ?? 'any'
  const values = operands.map((operand, index) =>
    operand.type === 'number' || operand.type === 'nil'
      ? convertLiteral(operand, typeAt(index))
      : convert(evaluate(operand), typeAt(index)),
  )
  if (final !== undefined) values.push(convert(final.value, typeAt(operands.length)))
  checkOrder(name, values)
  try {
    return call(values)
  } catch (error) {
    if (error instanceof TemplateError && error.place === undefined)
      throw new TemplateError(`error calling ${name}: ${error.message}`)
    throw error
  }
}

/** `and` and `or` end with the first value that decides. */
function evaluateJunctor(name: 'and' | 'or', { operands, final, evaluate }: Given): Value {
  let value: Value
  for (const operand of operands) {
    value = operand.type === 'nil' ? undefined : evaluate(operand)
    if (isTrue(value) === (name === 'or')) return value
  }
  return final === undefined ? value : final.value
}
