import fc from 'fast-check'

const leaf = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, '', 'a', 'b'),
  fc.integer(),
  fc.string({ maxLength: 3 }),
)

// Few keys, so that two values have much in common, and all that a JSON Pointer must escape.
const keys = ['a', 'b', 'c', '', '/', '~', '~1', 'a/b', '0', '-', 'ünï', 'toString']

const { object, value } = fc.letrec<{ object: Record<string, unknown>; value: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom(...keys), tie('value'), {
    maxKeys: 5,
    noNullPrototype: true,
  }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('object'),
    fc.array(tie('value'), { maxLength: 5 }),
  ),
}))

/** Any JSON value. */
export const json = value

/** Any JSON object. */
export const jsonObject = object

/** The same JSON with the keys of its objects the other way round. */
export function reversed<T>(value: T): T
export function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => reversed(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]))
}
