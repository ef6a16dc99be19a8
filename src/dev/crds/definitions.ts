import { isObject, type JsonObject, objectAt } from '../../json/json.ts'
import { StartError } from '../../messages/start-error.ts'

/** What a CustomResourceDefinition says of its kind. */
export interface ResourceDefinition {
  readonly kind: string
  readonly group: string
  /** Those that the API server serves, in the order of the definition. */
  readonly versions: readonly ResourceVersion[]
}

/** A version of a kind, with its schema as the definition has it. */
export interface ResourceVersion {
  readonly name: string
  readonly schema: JsonObject | undefined
}

/** Whether a document is a CustomResourceDefinition. */
export const isDefinition = (document: unknown): document is JsonObject =>
  isObject(document) && document['kind'] === 'CustomResourceDefinition'

/**
 * Reads a CustomResourceDefinition.
 *
 * @param source Names its file in errors.
 * @throws StartError It is none of apiextensions.k8s.io/v1, or lacks what each has.
 */
export function readDefinition(definition: JsonObject, source: string): ResourceDefinition {
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
  return { kind, group, versions: served.map(readVersion) }
}

function readVersion({ name, ...rest }: JsonObject): ResourceVersion {
  return { name: String(name), schema: objectAt(rest, ['schema', 'openAPIV3Schema']) }
}
