import { type Definition, isTemplate } from './definitions.ts'
import { pascalCase, shortestName, singular, type Unnamed } from './names.ts'
import type { ObjectShape, Shape } from './shape.ts'

/** An object below a kind. Those that look alike and are called alike are one. */
export interface FoundObject extends Unnamed {
  readonly shape: ObjectShape
  /** Where it stands first, such as `spec.files[] of KubeadmConfig`. */
  readonly place: string
  readonly versions: Set<string>
}

interface Place {
  readonly kind: string
  readonly version: string
  /** Such as `spec.files[]`; empty for the kind itself. */
  readonly path: string
  readonly words: readonly string[]
}

/** Every object below the kinds, in the order in which they stand: those that are one share a value. */
export function objectsOf(definitions: readonly Definition[]): Map<ObjectShape, FoundObject> {
  const places = definitions.flatMap(({ kind, versions }) =>
    versions.flatMap(({ name: version, shape }) =>
      placesBelow(shape, { kind, version, path: '', words: [kind] }),
    ),
  )
  const alike = Map.groupBy(places, ({ shape, words }) => keyOf(shape, words)).values()
  const found = new Map<ObjectShape, FoundObject>()
  for (const group of alike) {
    const depth = Math.min(...group.map(({ words }) => words.length))
    const first = group.find(({ words }) => words.length === depth)
    if (!first) continue
    const versions = new Set(group.map(({ version }) => version))
    const object = { ...first, place: `${first.path} of ${first.kind}`, versions }
    for (const { shape } of group) found.set(shape, object)
  }
  return found
}

/** What objects that are one have in common: all but descriptions. */
function keyOf({ fields, open }: ObjectShape, words: readonly string[]): string {
  const [first = '', last] = words
  const isSpecOfResource = words.length === 2 && last === 'Spec' && first.endsWith(resource)
  const called = isSpecOfResource ? `${first.slice(0, -resource.length)}Spec` : shortestName(words)
  return JSON.stringify({ called, fields, open }, (key, value: unknown) =>
    key === 'description' ? undefined : value,
  )
}

// What a template holds is an object of the kind that it is a template of: both have one spec.
const resource = 'TemplateResource'

type FoundPlace = Place & { readonly shape: ObjectShape }

function placesBelow({ fields }: ObjectShape, place: Place): FoundPlace[] {
  const { kind, path, words } = place
  return fields.flatMap(({ name, shape }) => {
    if (path === '' && isOfEveryKind(name)) return []
    const isResource = isTemplate(kind) && path === 'spec' && name === 'template'
    const inner = isResource ? [`${kind}Resource`] : [...words, pascalCase(name)]
    return placesOf(shape, { ...place, path: path === '' ? name : `${path}.${name}`, words: inner })
  })
}

/** Whether every kind has the field. */
export const isOfEveryKind = (name: string) => ['apiVersion', 'kind', 'metadata'].includes(name)

function placesOf(shape: Shape, place: Place): FoundPlace[] {
  const { path, words } = place
  if (shape.type === 'list' || shape.type === 'map') {
    const one = [...words.slice(0, -1), singular(words.at(-1) ?? '')]
    const inner = `${path}${shape.type === 'list' ? '[]' : '.*'}`
    return placesOf(shape.of, { ...place, path: inner, words: one })
  }
  return shape.type === 'object' ? [{ ...place, shape }, ...placesBelow(shape, place)] : []
}
