import { callFunction, type Given } from './call.ts'
import { numberOf } from './convert.ts'
import { lengthOf } from './effort.ts'
import { TemplateError } from './errors.ts'
import { getField } from './field.ts'
import { functions } from './functions/index.ts'
import type { Operand, Pipeline } from './nodes.ts'
import { getVariable, type Scope, setVariable } from './scope.ts'
import type { Value } from './values.ts'

/** The value of a pipeline, after evalPipeline in text/template/exec.go. */
export function evaluatePipeline(scope: Scope, pipeline: Pipeline): Value {
  let final: Given['final']
  for (const command of pipeline.commands) {
    // A nil interface is no value from here on, as Go takes what is in an interface.
    final = { value: evaluateCommand(scope, command, final) ?? undefined }
  }
  const value = final?.value
  scope.spend(lengthOf(value))
  for (const name of pipeline.variables) {
    if (pipeline.isAssignment) setVariable(scope.variables, name, value)
    else scope.variables.push({ name, value })
  }
  return value
}

function evaluateCommand(
  scope: Scope,
  [first, ...operands]: readonly Operand[],
  final: Given['final'],
): Value {
  const given = { operands, final, evaluate: (operand: Operand) => evaluateOperand(scope, operand) }
  if (first === undefined) throw new TemplateError('empty command')
  if (first.type === 'function') return call(first.name, given)
  if ('fields' in first && first.fields.length > 0) return getFields(scope, first, given)
  if (operands.length > 0 || final !== undefined)
    throw new TemplateError(`can't give argument to non-function (${first.type})`)
  if (first.type === 'nil') throw new TemplateError('nil is not a command')
  return evaluateOperand(scope, first)
}

/** The value of an operand where any type will do. */
function evaluateOperand(scope: Scope, operand: Operand): Value {
  const given: Given = {
    operands: [],
    final: undefined,
    evaluate: (operand) => evaluateOperand(scope, operand),
  }
  switch (operand.type) {
    case 'pipeline':
      return evaluatePipeline(scope, operand)
    case 'dot':
      return scope.dot
    case 'nil':
      return undefined
    case 'boolean':
    case 'string':
      return operand.value
    case 'number':
      return numberOf(operand)
    case 'function':
      return call(operand.name, given)
    case 'variable':
      if (operand.fields.length === 0) return getVariable(scope, operand.name)
      return getFields(scope, operand, given)
    default:
      return getFields(scope, operand, given)
  }
}

function call(name: string, given: Given): Value {
  const goFunction = functions.get(name)
  if (goFunction === undefined) throw new TemplateError(`function "${name}" not defined`)
  return callFunction(name, goFunction, given)
}

type WithFields = Extract<Operand, { fields: readonly string[] }>

function getFields(scope: Scope, operand: WithFields, given: Given): Value {
  const { fields } = operand
  let value = startOf(scope, operand)
  for (const field of fields.slice(0, -1))
    value = getField(value, field, { ...given, operands: [], final: undefined })
  return getField(value, fields.at(-1) ?? '', given)
}

function startOf(scope: Scope, operand: WithFields): Value {
  if (operand.type === 'field') return scope.dot
  if (operand.type === 'variable') return getVariable(scope, operand.name)
  if (operand.of.type === 'nil') throw new TemplateError('indirection through explicit nil')
  return evaluateOperand(scope, operand.of)
}
