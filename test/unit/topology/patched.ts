import { applyPatch, type Operation } from 'rfc6902'
import { expect } from 'vitest'
import { isObject } from '../../../src/json/json.ts'

/** What a JSON Patch, as it goes over the wire, makes of an object. */
export function patched(object: unknown, patch: string): unknown {
  const copy = structuredClone(object)
  const operations: Operation[] = JSON.parse(Buffer.from(patch, 'base64').toString())
  expect(applyPatch(copy, operations).filter(Boolean)).toEqual([])
  return copy
}

/** Without the empty objects that Go's structs add, such as `status: {}`, which say nothing. */
export function withoutEmpty(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutEmpty)
  if (!isObject(json)) return json
  const entries = Object.entries(json).map(([key, value]) => [key, withoutEmpty(value)] as const)
  return Object.fromEntries(
    entries.filter(([, value]) => !isObject(value) || Object.keys(value).length > 0),
  )
}
