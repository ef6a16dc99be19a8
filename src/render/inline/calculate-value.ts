import { isObject, type JsonObject } from '../../json/json.ts'
import { TemplateError } from './go-template/errors.ts'
import { renderValue } from './render-value.ts'
import { getVariableValue } from './variable-path.ts'

/** The value of a JSON patch that adds or replaces: calculateValue in patches/inline. */
export function calculateValue({ value, valueFrom }: JsonObject, variables: JsonObject): unknown {
  // Kubernetes reads a null as a field that is not there.
  const hasValue = value !== undefined && value !== null
  if (!isObject(valueFrom)) {
    if (!hasValue) throw new TemplateError('neither value nor valueFrom is set')
    return value
  }
  if (hasValue) throw new TemplateError('both value and valueFrom are set')
  const variable = textOf(valueFrom['variable'])
  const template = textOf(valueFrom['template'])
  if (variable !== '' && template !== '')
    throw new TemplateError('both valueFrom.variable and valueFrom.template are set')
  if (variable !== '') return getVariableValue(variables, variable)
  if (template !== '') return renderValue(template, variables)
  throw new TemplateError('valueFrom has neither variable nor template')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
