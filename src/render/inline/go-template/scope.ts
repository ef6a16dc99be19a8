import type { Spend } from './effort.ts'
import { TemplateError } from './errors.ts'
import type { Value } from './values.ts'

/** What `.` and the variables are at one point of a run. */
export interface Scope {
  readonly dot: Value
  /** A stack: of two with one name, the last counts. It grows and shrinks in place. */
  readonly variables: { readonly name: string; readonly value: Value }[]
  /** Counts the effort of the whole run. */
  readonly spend: Spend
}

export function getVariable({ variables }: Scope, name: string): Value {
  const variable = variables.findLast((variable) => variable.name === name)
  if (variable === undefined) throw new TemplateError(`undefined variable: ${name}`)
  return variable.value
}

export function setVariable(variables: Scope['variables'], name: string, value: Value): void {
  const index = variables.findLastIndex((variable) => variable.name === name)
  if (index < 0) throw new TemplateError(`undefined variable: ${name}`)
  variables[index] = { name, value }
}
