import { dump } from 'js-yaml'
import type { JsonObject } from '../../../../src/json/json.ts'

/** What the API server makes of an object. */
export type Verdict =
  | { readonly stored: JsonObject; readonly refused?: never }
  | { readonly stored?: never; readonly refused: string }

const text = { type: 'string' }
const object = (properties: object, rest: object = {}) => ({ type: 'object', properties, ...rest })
const list = (items: object, rest: object = {}) => ({ type: 'array', items, ...rest })
const mapOf = (additionalProperties: object | boolean) => ({ type: 'object', additionalProperties })
const withDefault = object({ a: { ...text, default: 'x' } })
const open = { 'x-kubernetes-preserve-unknown-fields': true }
const embedded = { 'x-kubernetes-embedded-resource': true }
const keyed = (...keys: string[]) => ({
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
})

const spec = {
  text: { ...text, minLength: 2, maxLength: 5, pattern: '^[a-z]+$' },
  level: { ...text, enum: ['low', 'high'], default: 'low' },
  count: { type: 'integer', format: 'int32', minimum: 1 },
  ratio: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 },
  flag: { type: 'boolean' },
  size: { ...{ anyOf: [{ type: 'integer' }, text] }, 'x-kubernetes-int-or-string': true },
  optional: object(
    { a: { ...text, default: 'x' }, deep: { ...withDefault, default: {} } },
    { default: {} },
  ),
  plain: object({ a: { ...text, default: 'y' }, b: text }, { required: ['b'], minProperties: 2 }),
  nullable: { ...text, nullable: true, default: 'n' },
  nullableObject: { ...withDefault, nullable: true },
  ports: list(
    object(
      { port: { type: 'integer' }, protocol: { ...text, default: 'TCP' } },
      { required: ['port'] },
    ),
    keyed('port', 'protocol'),
  ),
  named: list(object({ name: text, more: withDefault }, { required: ['name'] }), keyed('name')),
  tags: list(text, { 'x-kubernetes-list-type': 'set' }),
  steps: list({ ...text, minLength: 1 }, { minItems: 1, maxItems: 2 }),
  filled: list({ ...text, default: 'item' }),
  labels: mapOf(text),
  groups: mapOf(withDefault),
  options: mapOf({ ...text, default: 'option' }),
  anything: mapOf(true),
  free: object({ known: object({ a: { ...text, default: 'x' } }) }, open),
  raw: { type: 'object', ...embedded, ...open },
  part: object({ spec: object({ a: text }) }, embedded),
  choice: object(
    { a: text, b: text },
    { oneOf: [{ required: ['a'] }, { required: ['b'] }], not: { required: ['a', 'b'] } },
  ),
}

/** A kind with all that schemas can say, as YAML. */
export const definition = dump({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', listKind: 'WidgetList', plural: 'widgets', singular: 'widget' },
    versions: [
      {
        ...{ name: 'v1', served: true, storage: true },
        schema: { openAPIV3Schema: object({ spec: object(spec), status: object({}) }) },
      },
    ],
  },
})

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }

/** The spec, or more, of objects of the kind. */
const specs: Record<string, JsonObject> = {
  nothing: {},
  'every field': {
    ...{ text: 'abc', level: 'high', count: 1, ratio: 0.5, flag: false, size: '10%' },
    ...{ optional: {}, plain: { b: '' }, nullable: null, nullableObject: {} },
    ...{ tags: ['a', 'b'], steps: ['a'], labels: { 'a/b': '' }, choice: { a: '' } },
  },
  'a default in a default': { optional: { deep: {} } },
  'a null with a default': { level: null, optional: null },
  'a null without a default': { text: null, plain: null, ports: null },
  'a nullable null': { nullable: null, nullableObject: null },
  'a null in a map': { labels: { a: null }, groups: { b: null } },
  'a null in a map with a default': { options: { a: null, b: '' } },
  'a null in a list': { steps: [null] },
  'a null in a list with a default': { filled: [null, 'a'] },
  'nulls in what is not known': { free: { a: null }, raw: { ...configMap, data: null } },
  'defaults in a list': { named: [{ name: 'a', more: {} }, { name: 'b' }] },
  'defaults in a map': { groups: { a: {}, b: { a: 'y' } } },
  'a field in an open object': { free: { more: { a: 1 }, known: {} } },
  'an unknown field': { other: 1 },
  'an unknown field of an object': { optional: { other: 1 } },
  'an unknown field in a list': { named: [{ name: 'a', other: 1 }] },
  'an unknown field in a map': { groups: { a: { other: 1 } } },
  'an unknown field below an open object': { free: { known: { other: 1 } } },
  'a number for a text': { text: 1 },
  'a text for a number': { count: '1' },
  'a text for a boolean': { flag: 'true' },
  'an object for a list': { tags: {} },
  'a list for an object': { plain: [] },
  'a whole float': { count: 2.0 },
  'a fraction for an integer': { count: 1.5 },
  'a boolean for int-or-string': { size: true },
  'an integer for int-or-string': { size: 3 },
  'a value out of enum': { level: 'none' },
  'a short text': { text: 'a' },
  'a long text': { text: 'abcdef' },
  'a text against its pattern': { text: 'ABC' },
  'a number below its minimum': { count: 0 },
  'a number at its exclusive minimum': { ratio: 0 },
  'a number beyond 32 bits': { count: 2_500_000_000 },
  'a number at its maximum': { ratio: 1 },
  'a number above its maximum': { ratio: 1.5 },
  'a missing field': { plain: { a: 'x' } },
  'few fields': { plain: { b: 'x', a: null } },
  'no items': { steps: [] },
  'many items': { steps: ['a', 'b', 'c'] },
  'an item twice in a set': { tags: ['a', 'b', 'a'] },
  'a key twice in a map': { named: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
  'two keys': { ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] },
  'two keys twice': { ports: [{ port: 1 }, { port: 1, protocol: 'TCP' }] },
  'an item without its key': { named: [{}] },
  'scalars in a map of anything': { anything: { a: 1, b: 'b' } },
  'an object in a map of anything': { anything: { a: { b: 1 } } },
  'an embedded object': { raw: { ...configMap, data: { a: 'b' } }, part: { ...configMap } },
  'an embedded object without a kind': { raw: { apiVersion: 'v1' } },
  'an unknown field of an embedded object': { part: { ...configMap, other: 1 } },
  'an unknown field of embedded metadata': { raw: { ...configMap, metadata: { other: 'a' } } },
  'none of oneOf': { choice: {} },
  'both of oneOf': { choice: { a: '', b: '' } },
}

const named = (rest: object): JsonObject => ({
  ...{ apiVersion: 'example.com/v1', kind: 'Widget' },
  metadata: { name: 'a', namespace: 'default' },
  ...rest,
})

/** Objects of the kind by what is special about them. */
export const cases: Readonly<Record<string, JsonObject>> = {
  ...Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, named({ spec })])),
  'no spec': named({}),
  'a null for spec': named({ spec: null }),
  'a text for spec': named({ spec: '' }),
  'an unknown field beside spec': named({ other: 1 }),
  'a creationTimestamp of null': named({
    metadata: { name: 'a', namespace: 'default', creationTimestamp: null },
  }),
  'a number for a label': named({
    metadata: { name: 'a', namespace: 'default', labels: { a: 1 } },
  }),
  'an unknown field of metadata': named({
    metadata: { name: 'a', namespace: 'default', other: 'a' },
  }),
}
