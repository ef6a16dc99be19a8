import fc from 'fast-check'
import type * as v from 'valibot'

// The schemas of which the contract's requests are made.
type Schema =
  | v.LooseObjectSchema<v.ObjectEntries, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.RecordSchema<v.GenericSchema<string, string>, v.GenericSchema, undefined>
  | v.NullableSchema<v.GenericSchema, undefined>
  | v.NullishSchema<v.GenericSchema, undefined>
  | v.UnionSchema<v.GenericSchema[], undefined>
  | v.StringSchema<undefined>
  | v.NumberSchema<undefined>
  | v.BooleanSchema<undefined>
  | v.UnknownSchema

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'v1.34.0',
    'v1.36.4+build',
    'true',
    '__proto__',
    'constructor',
    '',
    '5',
    'builtin',
  ),
)
const json = fc.jsonValue({ maxDepth: 3 })

/** Values that pass a schema of the contract's requests. */
export function arbitraryOf(generic: v.GenericSchema): fc.Arbitrary<unknown> {
  // The list above is complete: another type is an error, below.
  const schema = generic as Schema
  switch (schema.type) {
    case 'loose_object': {
      const known = Object.entries(schema.entries).map(([key, entry]) => [
        key,
        entry.type === 'nullish'
          ? fc.option(arbitraryOf(entry), { nil: undefined })
          : arbitraryOf(entry),
      ])
      const entries = fc.record<Record<string, unknown>>(Object.fromEntries(known))
      const unknown = fc.dictionary(text, json, { maxKeys: 2 })
      return fc.tuple(unknown, entries).map(([more, own]) => ({ ...more, ...own }))
    }
    case 'array':
      return fc.array(arbitraryOf(schema.item), { maxLength: 3 })
    case 'record':
      return fc.dictionary(text, arbitraryOf(schema.value), { maxKeys: 3 })
    case 'nullable':
    case 'nullish':
      return fc.option(arbitraryOf(schema.wrapped))
    case 'union':
      return fc.oneof(...schema.options.map(arbitraryOf))
    case 'string':
      return text
    case 'number':
      return fc.integer()
    case 'boolean':
      return fc.boolean()
    case 'unknown':
      return json
    default:
      throw new Error(`no arbitrary for ${generic.type}`)
  }
}

/** Changes one value somewhere in a request: to another type, a nasty one, or away. */
export function mutated(request: object): fc.Arbitrary<string> {
  const nasty = fc.oneof(json, text, fc.constantFrom(1e308, -0, {}, [], [[]], null))
  return fc.array(fc.tuple(fc.nat(), nasty), { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy: unknown = structuredClone(request)
    // Constants are shared between cases: none may change, or hold itself.
    for (const [choice, value] of changes) change(copy, choice, structuredClone(value))
    return JSON.stringify(copy)
  })
}

/** Changes bytes, so that it may be no JSON any more. */
export function broken(request: object): fc.Arbitrary<string> {
  const bytes = JSON.stringify(request)
  const end = bytes.length - 1
  const cut = fc.nat({ max: end }).map((at) => bytes.slice(0, at))
  const insert = fc
    .tuple(
      fc.nat({ max: end }),
      fc.oneof(text, fc.constantFrom('{', '}', '[', ']', '"', '\\', ',')),
    )
    .map(([at, more]) => bytes.slice(0, at) + more + bytes.slice(at + more.length))
  return fc.oneof(cut, insert)
}

function change(root: unknown, choice: number, value: unknown): void {
  const places: [parent: Record<string, unknown>, key: string][] = []
  const visit = (parent: unknown) => {
    if (typeof parent !== 'object' || parent === null) return
    for (const key of Object.keys(parent)) {
      const object = Object(parent)
      places.push([object, key])
      visit(object[key])
    }
  }
  visit(root)
  const place = places[choice % Math.max(places.length, 1)]
  if (!place) return
  const [parent, key] = place
  if (choice % 3 === 0) delete parent[key]
  else
    Object.defineProperty(parent, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}
