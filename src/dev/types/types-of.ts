import { StartError } from '../../messages/start-error.ts'
import { type Definition, definitionsOf, isTemplate } from './definitions.ts'
import { nameObjects, versionName } from './names.ts'
import { objectsOf } from './objects.ts'
import type { ObjectShape } from './shape.ts'
import { literal } from './write.ts'
import { writeInterface, writeKind } from './write-kind.ts'

/** How types are written. */
export interface TypesOptions {
  /** Whether descriptions of the definitions become doc comments; true unless given. */
  descriptions?: boolean
  /** What the module imports `templateType` from; `capi-extension/topology` unless given. */
  topology?: string
  /** What the types are made from, for the comment at the top. */
  source?: string
}

/**
 * The TypeScript module with the types of CustomResourceDefinitions: an interface for each kind and
 * served version, one for each object below them, and for each template a value for
 * `patchTemplate`.
 *
 * @param yaml One or several documents.
 * @throws StartError The text is no YAML, holds no CustomResourceDefinition or two of one kind, or
 *   one of them has no schema.
 */
export function typesOf(yaml: string, options?: TypesOptions): string {
  return moduleOf(definitionsOf(yaml, 'the text'), options)
}

/** The module of definitions that are read. */
export function moduleOf(definitions: readonly Definition[], options: TypesOptions = {}): string {
  const { descriptions = true, topology = 'capi-extension/topology', source } = options
  refuseSameKind(definitions)
  const objects = objectsOf(definitions)
  const found = new Set(objects.values())
  const names = nameObjects(found, namesInUse(definitions))
  const nameOf = (shape: ObjectShape) => {
    const object = objects.get(shape)
    return (object && names.get(object)) ?? 'unknown'
  }
  const writer = { nameOf, descriptions }
  const header = `// Made by "capi-extension types"${source ? ` from ${source}` : ''}: do not edit.`
  const hasTemplates = definitions.some(({ kind }) => isTemplate(kind))
  const parts = [
    hasTemplates
      ? `${header}\n\nimport { templateType } from ${literal(topology)}\n`
      : `${header}\n`,
    ...definitions.flatMap((definition) => writeKind(definition, writer)),
    objectMetadata,
    ...[...found].map(({ place, shape }) =>
      writeInterface({ name: nameOf(shape), comment: `${place}.`, ...shape }, writer),
    ),
  ]
  return parts.join('\n')
}

const objectMetadata = `/** The metadata of an object. */
export interface ObjectMetadata {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
}

/** The object that another one belongs to. */
export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}
`

function namesInUse(definitions: readonly Definition[]): string[] {
  const ofKinds = definitions.flatMap(({ kind, versions }) => [
    kind,
    ...versions.map(({ name }) => kind + versionName(name)),
  ])
  return [...ofKinds, 'ObjectMetadata', 'OwnerReference', 'Record']
}

function refuseSameKind(definitions: readonly Definition[]): void {
  for (const [kind, same] of Map.groupBy(definitions, (definition) => definition.kind)) {
    if (same.length === 1) continue
    const groups = same.map(({ group }) => group).join(' and ')
    throw new StartError(`${kind} is defined more than once, in ${groups}: make a module for each`)
  }
}
