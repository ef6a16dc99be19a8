import { merge } from '../json/merge.ts'

/** Any part of an object, at any depth; lists are whole. */
export type PartOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]?: PartOf<T[Key]> }
    : T

/** An object with parts of it changed, one after the other: maps and objects merge, all else is replaced. */
export function withParts<T>(whole: T, ...parts: readonly (PartOf<T> | undefined)[]): T
export function withParts(whole: unknown, ...parts: readonly unknown[]): unknown {
  return parts.reduce((made, part) => (part === undefined ? made : merge(made, part)), whole)
}
