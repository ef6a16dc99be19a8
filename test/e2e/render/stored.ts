import type { Resource } from '../../../src/dev/sandbox/objects.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at } from '../../../src/json/path.ts'
import type { Item } from '../../../src/render/types.ts'
import type { Attached } from '../sandbox.ts'
import { toJson } from './shape.ts'

/** A template as a render has it, in the form of the object that the controllers make of it. */
export interface Comparable {
  readonly labels: unknown
  readonly annotations: unknown
  readonly spec: unknown
}

const conversionData = 'cluster.x-k8s.io/conversion-data'

/** What a render says, and the object that the API server has. */
export async function desiredAndStored({ objects: api }: Attached, item: Item) {
  const { holderReference, object } = item
  const read = async (apiVersion: string, kind: string, name: unknown) => {
    const metadata = { name: String(name), namespace: String(holderReference.namespace) }
    return toJson(await api.read<Resource>({ apiVersion, kind, metadata }))
  }
  const holder = await read(holderReference.apiVersion, holderReference.kind, holderReference.name)
  const reference = at(holder, ...holderReference.fieldPath.split('.'))
  const kind = String(at(reference, 'kind'))
  const apiVersion = String(object['apiVersion'])
  const stored = await read(apiVersion, kind, at(reference, 'name'))
  const isTemplate = kind === object['kind']
  return {
    desired: comparable(isTemplate ? object : objectOf(object)),
    stored: comparable(stored),
    isTemplate,
  }
}

/** What a template makes. */
function objectOf(template: JsonObject): JsonObject {
  const made = at(template, 'spec', 'template')
  return isObject(made) ? made : {}
}

function comparable(object: JsonObject): Comparable {
  const annotations = at(object, 'metadata', 'annotations')
  // An object that is read in an older version keeps its newer one in an annotation.
  const { [conversionData]: _, ...kept } = isObject(annotations) ? annotations : {}
  return { labels: at(object, 'metadata', 'labels') ?? {}, annotations: kept, spec: object['spec'] }
}
