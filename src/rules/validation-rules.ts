import type { JSONSchemaProps } from '../contract/variables.ts'
import { joinPath } from '../json/path.ts'

type ValidationRule = NonNullable<JSONSchemaProps['x-kubernetes-validations']>[number]

const maxMessageBytes = 2048
const reasons = ['Required', 'Forbidden', 'Invalid', 'Duplicate'].map((name) => `FieldValue${name}`)

/**
 * What is wrong with the x-kubernetes-validations of a schema beside their expressions, which only
 * the controllers compile: validateSchema in clusterclass_variable_validation.go.
 *
 * @param isVariable Whether the schema is that of a whole variable.
 */
export function ruleProblems(schema: JSONSchemaProps, isVariable: boolean): string[] {
  const rules = schema['x-kubernetes-validations'] ?? []
  if (rules.length === 0) return []
  // The controllers take the root of a schema for a resource, which has no items.
  if (isVariable && schema.type === 'array')
    return ['a list with a rule is refused: put it into a field of an object, and the rule there']
  if (!isVisible(schema)) return ['a rule cannot see a value that has no type']
  return rules.flatMap((rule) => problemsOf(rule, schema))
}

function problemsOf(
  { rule, message = '', messageExpression, reason = '', fieldPath = '' }: ValidationRule,
  schema: JSONSchemaProps,
): string[] {
  const hasLineBreak = (text: string) => /[\n\r]/.test(text.trim())
  const problems = [
    rule.trim() === '' && 'a rule is empty',
    isBlank(message) && 'a message is empty',
    isBlank(messageExpression) && 'a messageExpression is empty',
    Buffer.byteLength(message) > maxMessageBytes && `a message has over ${maxMessageBytes} bytes`,
    hasLineBreak(message) && 'a message has a line break',
    hasLineBreak(rule) && message.trim() === '' && 'a rule with a line break has no message',
    reason !== '' && !reasons.includes(reason) && `reason ${reason} is none of ${reasons}`,
    fieldPath !== '' && !hasField(schema, fieldPath) && `no field has the fieldPath "${fieldPath}"`,
  ]
  return problems
    .filter((problem) => typeof problem === 'string')
    .map((problem) => `x-kubernetes-validations: ${problem}`)
}

const isBlank = (text = '') => text !== '' && text.trim() === ''

/** Whether a path such as `.a.b` or `.a['b']` leads to a field (ValidFieldPath in schema/cel). */
function hasField(schema: JSONSchemaProps, fieldPath: string): boolean {
  const step = /\.([^.[\]]+)|\['((?:[^'\\]|\\.)+)'\]/y
  let here: JSONSchemaProps | undefined = schema
  while (step.lastIndex < fieldPath.length) {
    const [, name, quoted = ''] = step.exec(fieldPath) ?? []
    const key: string = name ?? quoted.replaceAll(/\\(.)/g, '$1')
    if (key === '' || here === undefined) return false
    here = here.properties ? here.properties[key] : here.additionalProperties
  }
  return here !== undefined
}

/** Whether rules see a value (SchemaDeclType in k8s.io/apiserver/pkg/cel/common/schemas.go). */
function isVisible(schema: JSONSchemaProps): boolean {
  const { type, items, additionalProperties } = schema
  const inner = type === 'array' ? items : type === 'object' ? additionalProperties : undefined
  if (inner) return isVisible(inner)
  return schema['x-kubernetes-int-or-string'] === true || (type ?? '') !== ''
}

/**
 * The lists, maps and strings that a rule of this schema may read and that have no bound, each with
 * the keyword that bounds it. Their cost is estimated with what fits into a request, and that is
 * mostly too much; what a rule costs is computed by the controllers alone. A string that has a rule
 * itself costs little.
 */
export function unboundedBelow(schema: JSONSchemaProps, path: string): string[] {
  if ((schema['x-kubernetes-validations'] ?? []).length === 0) return []
  return unbounded(schema, path).filter((found) => found !== `${path} has no maxLength`)
}

function unbounded(schema: JSONSchemaProps, path: string): string[] {
  if (!isVisible(schema)) return []
  const { type, items, properties = {}, additionalProperties } = schema
  const keyword = missingBound(schema)
  return [
    ...(keyword === undefined ? [] : [`${path} has no ${keyword}`]),
    ...(items && type === 'array' ? unbounded(items, `${path}[]`) : []),
    ...(additionalProperties ? unbounded(additionalProperties, `${path}{}`) : []),
    ...Object.entries(properties).flatMap(([key, child]) => unbounded(child, joinPath(path, key))),
  ]
}

// Formats whose texts have a greatest length.
const boundedFormats = ['date', 'date-time', 'duration']

function missingBound(schema: JSONSchemaProps): string | undefined {
  const { type, maxItems, maxProperties, maxLength, format = '', additionalProperties } = schema
  if (type === 'array') return maxItems === undefined ? 'maxItems' : undefined
  if (type === 'object')
    return additionalProperties && maxProperties === undefined ? 'maxProperties' : undefined
  if (type !== 'string' && !schema['x-kubernetes-int-or-string']) return undefined
  const isBounded = (schema.enum ?? []).length > 0 || boundedFormats.includes(format)
  return maxLength === undefined && !isBounded ? 'maxLength' : undefined
}
