import {
  constructFromEvents,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  parseEvents,
  realMapTag,
  YAMLException,
} from 'js-yaml'
import { TemplateError, UnknownToTemplates } from './go-template/errors.ts'
import { asGoReads } from './yaml-events.ts'
import { resolveScalar } from './yaml-scalar.ts'

// One tag for all scalars without quotes.
const plainScalar = defineScalarTag('tag:yaml.org,2002:plain', {
  implicit: true,
  resolve: resolveScalar,
  identify: () => false,
})
const schema = FAILSAFE_SCHEMA.withTags(plainScalar, realMapTag)

/**
 * Reads YAML as sigs.k8s.io/yaml does, which has the rules of YAML 1.1: `yes` is true, of two equal
 * keys the last counts, and so does the first of several documents.
 */
export function readYaml(text: string): unknown {
  // Control characters, line breaks of YAML 1.1 alone, ends of documents, directives.
  if (/[^\P{Cc}\t\n\r]|[\u2028\u2029]|^(\.\.\.|%)/mu.test(text))
    throw new UnknownToTemplates(
      'YAML with rare characters, or with ... or % at the start of a line',
    )
  try {
    const events = asGoReads(text, parseEvents(text, {}))
    const [first] = constructFromEvents(events, { source: text, schema, json: true })
    return toJson(first ?? null)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    // Go's reader takes a few texts that this one does not.
    throw new UnknownToTemplates(`what it gives is no YAML: ${error.toString(true)}`)
  }
}

function toJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJson)
  if (!(value instanceof Map)) return value
  const entries = [...value].map(([key, item]) => [keyOf(key), toJson(item)] as const)
  if (new Set(entries.map(([key]) => key)).size < entries.length)
    throw new UnknownToTemplates('a key that is there twice, as a text and as a number or boolean')
  return Object.fromEntries(entries)
}

function keyOf(key: unknown): string {
  if (typeof key === 'number' && !Number.isInteger(key))
    throw new UnknownToTemplates(`the key ${key}, which is no text`)
  if (typeof key === 'object')
    throw new TemplateError('a key in YAML is neither a text nor a number')
  return String(key)
}
