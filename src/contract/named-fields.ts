import type * as v from 'valibot'

/**
 * What a schema lets through, as a type of the fields that it names. A loose schema lets all others through as well, but
 * not in its type: a handler that mistypes a field does not compile. Maps, such as labels, stay as they are, and so do
 * objects of a kind that the contract does not know.
 */
export type NamedFields<Schema extends v.GenericSchema> = WithoutIndex<v.InferOutput<Schema>>

type WithoutIndex<T> = T extends readonly (infer Item)[]
  ? WithoutIndex<Item>[]
  : T extends object
    ? string extends keyof T
      ? [NamedKeys<T>] extends [never]
        ? T
        : { [Key in keyof T as Named<Key>]: WithoutIndex<T[Key]> }
      : T
    : T

type NamedKeys<T> = keyof { [Key in keyof T as Named<Key>]: T[Key] }
type Named<Key> = string extends Key ? never : Key
