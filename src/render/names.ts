// Names of the objects of a Cluster (internal/topology/names/names.go).
import type { JsonObject } from '../json/json.ts'
import { TemplateError, UnknownToTemplates } from './inline/go-template/errors.ts'
import { render } from './inline/go-template/evaluate.ts'
import { toValue } from './inline/go-template/to-value.ts'
import { isDictionary } from './inline/go-template/values.ts'

const random = 'xxxxx'
const maximumLength = 63

/**
 * A name as the controller generates it from a template, with `xxxxx` in place of what is random. Gives undefined for a
 * template that cannot be rendered.
 */
export function generatedName(template: string, values: JsonObject): string | undefined {
  try {
    const data = toValue({ ...values, random })
    const name = isDictionary(data) ? render(template, data) : ''
    if (name.includes('<no value>')) return undefined
    return name.length > maximumLength ? simpleName(name) : name
  } catch (error) {
    if (error instanceof TemplateError || error instanceof UnknownToTemplates) return undefined
    throw error
  }
}

/** A name that begins so and ends with what is random. */
export function simpleName(prefix: string): string {
  return `${prefix.slice(0, maximumLength - random.length)}${random}`
}
