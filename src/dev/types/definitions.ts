import { isObject, type JsonObject } from '../../json/json.ts'
import { StartError } from '../../messages/start-error.ts'
import { isDefinition, type ResourceVersion, readDefinition } from '../crds/definitions.ts'
import { documentsOf } from '../documents.ts'
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
  const documents = documentsOf(yaml, source)
  const definitions = documents.filter(isDefinition)
  if (definitions.length > 0) return definitions.map((definition) => read(definition, source))
  const found = new Set(documents.map(describe))
  throw new StartError(
    `${source} holds ${[...found].join(', ') || 'nothing'} and no CustomResourceDefinition: name the definition of a kind, as "kubectl get crd NAME --output yaml" prints it`,
  )
}

function describe(document: unknown): string {
  const kind = isObject(document) ? document['kind'] : undefined
  return typeof kind === 'string' ? kind : 'a document without a kind'
}

function read(definition: JsonObject, source: string): Definition {
  const { kind, group, versions } = readDefinition(definition, source)
  if (versions.length === 0)
    throw new StartError(`${source} defines ${kind} without a version that is served`)
  return { kind, group, versions: versions.map((version) => readVersion(version, kind, source)) }
}

function readVersion(
  { name, schema }: ResourceVersion,
  kind: string,
  source: string,
): DefinedVersion {
  const shape = schema && shapeOf(schema)
  if (shape?.type !== 'object')
    throw new StartError(
      `${source} defines ${kind} ${name} without properties in schema.openAPIV3Schema: there is nothing to make types of`,
    )
  return {
    name,
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
