// Development only: production has no part of it, nor of what it imports.
import { applyPatch, type Operation } from 'rfc6902'
import { clone } from './clone.ts'

/** What a JSON Patch (RFC 6902) makes of a value, which stays as it is. Throws when a step cannot be done. */
export function applyJSONPatch(json: unknown, operations: Operation[]): unknown {
  const copy = clone(json)
  const error = applyPatch(copy, operations).find((result) => result !== null)
  if (error) throw error
  return copy
}
