import { canonicalJSON, objectAt } from '../../json/json.ts'
import { StartError } from '../../messages/start-error.ts'
import type { ResourceSchema } from '../../rules/resource-schema.ts'
import { readDocuments } from '../documents.ts'
import { type CustomResources, customResources, keyOf } from './custom-resources.ts'
import { isDefinition, readDefinition } from './definitions.ts'
import { structuralSchema } from './structural-schema.ts'

/**
 * The CustomResourceDefinitions of all YAML files below a folder, or of one file. Other objects in them are skipped, such
 * as those of a provider's release.
 *
 * @throws StartError A file cannot be read, holds a definition that is none, or nothing is defined.
 */
export async function readCustomResources(folder: string): Promise<CustomResources> {
  const found = new Map<string, FoundSchema>()
  for (const { file, document } of await readDocuments(folder)) {
    // Folders of providers also hold patches of definitions, for kustomize.
    if (!isDefinition(document) || !objectAt(document, ['spec', 'names'])) continue
    const { kind, group, versions } = readDefinition(document, file)
    for (const { name, schema: json = {} } of versions) {
      const schema = structuralSchema(json, `${kind} in ${file}`)
      const key = keyOf(`${group}/${name}`, kind)
      refuseOther(found.get(key), { file, schema }, `${kind} of ${group}/${name}`)
      found.set(key, { file, schema })
    }
  }
  if (found.size === 0)
    throw new StartError(
      `${folder} holds no CustomResourceDefinition: fill it with "kubectl get crd --output yaml > ${folder}/crds.yaml"`,
    )
  return customResources(new Map([...found].map(([key, { schema }]) => [key, schema])))
}

interface FoundSchema {
  readonly file: string
  readonly schema: ResourceSchema
}

function refuseOther(first: FoundSchema | undefined, second: FoundSchema, what: string): void {
  if (first === undefined || canonicalJSON(first.schema) === canonicalJSON(second.schema)) return
  throw new StartError(
    `${what} is defined twice, in ${first.file} and in another way in ${second.file}: keep that of the version that is installed`,
  )
}
