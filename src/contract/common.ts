import * as v from 'valibot'
import type { JsonObject } from '../json/json.ts'

/** A string. */
export const text = v.string()

/** An int32 or int64. */
export const integer = v.pipe(v.number(), v.integer())

/** A number or a percentage (k8s.io/apimachinery intstr). */
export const intOrString = v.union([integer, text])

/** RFC 3339. */
export const time = v.string()

/** Any JSON value, for example of a variable. */
export const json = v.unknown()

// Flattens what valibot infers. It is not exported, so that declarations hold the fields instead of this name: to infer a
// whole Cluster from the schemas would be deeper than TypeScript goes in a project (TS2589).
type Plain<T> = { [Key in keyof T]: T[Key] }

/** An object that may have more fields than these. */
export const object = <Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, Plain<v.InferOutput<v.LooseObjectSchema<Entries, undefined>>>> =>
  v.looseObject(entries)

/** An object of a kind that the contract does not know (runtime.RawExtension). */
export const rawExtension: v.GenericSchema<unknown, JsonObject> = object({})

/** A field that may be left out. Go writes `null` for an unset pointer, list or map. */
export const optional = <S extends v.GenericSchema>(schema: S) => v.nullish(schema)

/** A list that is always sent. Go writes `null` for an empty one. */
export const list = <S extends v.GenericSchema>(items: S) => v.nullable(v.array(items))

/** A list that may be left out. */
export const optionalList = <S extends v.GenericSchema>(items: S) => v.nullish(v.array(items))

/** A map from strings, such as labels, that may be left out. */
export const optionalMap = <S extends v.GenericSchema>(values: S) =>
  v.nullish(v.record(v.string(), values))

/** `apiVersion` and `kind`, which every object may leave out. */
export const typeMeta = { apiVersion: optional(text), kind: optional(text) }

/** Settings of the ExtensionConfig. Those of the ClusterClass patch come before them, key by key. */
export const settings = optionalMap(text)

/** Outcome of a call (CommonResponse in api/runtime/hooks/v1alpha1/common_types.go). */
export const status = v.picklist(['Success', 'Failure'])

/** Reaches the conditions of the Cluster: it is short, free of secrets, and the same each time. */
export const message = v.optional(text)

/** How a patch is written: RFC 6902 or RFC 7386. */
export const patchType = v.picklist(['JSONPatch', 'JSONMergePatch'])

/** The name of a patch's format. */
export type PatchType = v.InferOutput<typeof patchType>

/**
 * A patch; `patch` is the JSON document in base64, as Go writes bytes.
 *
 * @example
 * ```ts
 * const textOf = ({ patch }: Patch) => Buffer.from(patch, 'base64').toString()
 * ```
 */
export const Patch = v.strictObject({ patchType, patch: v.pipe(text, v.base64()) })

/** A patch as it goes over the wire. */
export interface Patch extends v.InferOutput<typeof Patch> {}
