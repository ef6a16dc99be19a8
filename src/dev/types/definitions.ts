import { loadAll } from 'js-yaml'
import { isObject, type JsonObject, objectAt } from '../../json/json.ts'
import { reasonOf, StartError } from '../../messages/start-error.ts'
import { descriptionOf, type ObjectShape, shapeOf } from './shape.ts'

/** What a CustomResourceDefinition says of its kind, for types. */
export interface Definition {
  readonly kind: string
  readonly group: string
  /** Those that the API server serves, in the order of the definition. */
  readonly versions: readonly DefinedVersion[]
}

/** A version of a kind. */
export interface DefinedVersion {
  readonly name: string
  readonly shape: ObjectShape
  /** Empty without one. */
  readonly description: string
}

/** Whether a kind is one that topologies clone: Cluster API's contract names them so. */
export const isTemplate = (kind: string) => kind.endsWith('Template')

/**
 * The CustomResourceDefinitions of a YAML text, and of Lists in it. Other documents are skipped,
 * such as the Deployment in a provider's release.
 *
 * @param source Names the text in errors, such as its file.
 * @throws StartError The text is no YAML or holds no CustomResourceDefinition, or one of them has no
 *   served version or no schema.
 */
export function definitionsOf(yaml: string, source: string): Definition[] {
  const documents = parse(yaml, source).flatMap(itemsOf)
  const definitions = documents.filter((document) => isObject(document)).filter(isDefinition)
  if (definitions.length > 0) return definitions.map((definition) => read(definition, source))
  const found = new Set(documents.map(describe))
  throw new StartError(
    `${source} holds ${[...found].join(', ') || 'nothing'} and no CustomResourceDefinition: name the definition of a kind, as "kubectl get crd NAME --output yaml" prints it`,
  )
}

function parse(yaml: string, source: string): unknown[] {
  try {
    return loadAll(yaml)
  } catch (error) {
    throw new StartError(`${source} is no YAML: ${reasonOf(error)}`)
  }
}

function itemsOf(document: unknown): unknown[] {
  if (!isObject(document)) return document === null ? [] : [document]
  const { kind, items } = document
  return kind === 'List' && Array.isArray(items) ? items : [document]
}

function describe(document: unknown): string {
  const kind = isObject(document) ? document['kind'] : undefined
  return typeof kind === 'string' ? kind : 'a document without a kind'
}

const isDefinition = ({ kind }: JsonObject) => kind === 'CustomResourceDefinition'

function read(definition: JsonObject, source: string): Definition {
  const { apiVersion } = definition
  const { group, names, versions } = objectAt(definition, ['spec']) ?? {}
  const kind = isObject(names) ? names['kind'] : undefined
  if (apiVersion !== 'apiextensions.k8s.io/v1')
    throw new StartError(
      `${source} holds a CustomResourceDefinition of ${apiVersion}: only apiextensions.k8s.io/v1 can be read`,
    )
  if (typeof kind !== 'string' || typeof group !== 'string' || !Array.isArray(versions))
    throw new StartError(
      `${source} holds a CustomResourceDefinition without spec.group, spec.names.kind or spec.versions`,
    )
  const served = versions.filter((version) => isObject(version)).filter(({ served }) => served)
  if (served.length === 0)
    throw new StartError(`${source} defines ${kind} without a version that is served`)
  return { kind, group, versions: served.map((version) => readVersion(version, kind, source)) }
}

function readVersion(
  { name: version, ...rest }: JsonObject,
  kind: string,
  source: string,
): DefinedVersion {
  const schema = objectAt(rest, ['schema', 'openAPIV3Schema'])
  const shape = schema && shapeOf(schema)
  if (typeof version !== 'string' || shape?.type !== 'object')
    throw new StartError(
      `${source} defines ${kind} ${version} without properties in schema.openAPIV3Schema: there is nothing to make types of`,
    )
  return {
    name: version,
    // Schemas let a template be without them, but Cluster API cannot clone it then.
    shape: isTemplate(kind) ? withRequired(shape, ['spec', 'template']) : shape,
    description: descriptionOf(schema ?? {}),
  }
}

function withRequired(shape: ObjectShape, [key, ...rest]: readonly string[]): ObjectShape {
  const fields = shape.fields.map((field) => {
    if (field.name !== key || field.shape.type !== 'object') return field
    return { ...field, required: true, shape: withRequired(field.shape, rest) }
  })
  return { ...shape, fields }
}
