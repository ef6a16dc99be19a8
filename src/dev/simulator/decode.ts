import * as v from 'valibot'
import type { HookContract } from '../../contract/contract.ts'
import { isObject, type JsonObject } from '../../json/json.ts'
import { joinPath } from '../../json/path.ts'
import { type Finding, finding } from '../../rules/table.ts'

/** What the controller makes of a body: the answer, or the reason why it is none. */
export interface Decoded {
  readonly answer?: JsonObject
  readonly error?: Finding
  readonly findings: readonly Finding[]
}

// The schemas of which the contract's responses are made; all others are leaves.
type Schema =
  | v.StrictObjectSchema<v.ObjectEntries, undefined>
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.OptionalSchema<v.GenericSchema, undefined>
  | v.RecordSchema<v.GenericSchema<string, string>, v.GenericSchema, undefined>
  | v.LazySchema<v.GenericSchema>

// Paths of what Go drops, and of what it cannot read: valibot takes a list for an object.
interface Notes {
  readonly unknown: string[]
  readonly noObject: string[]
}

// Go decodes these values; the rules of the hook judge them.
const semantic = new Set(['picklist', 'min_value', 'max_value'])

/**
 * Reads a body as Go's encoding/json does: keys in any case, null as left out, unknown fields
 * dropped, missing ones as zero. Only a wrong type makes it fail.
 */
export function decode(contract: HookContract, body: string): Decoded {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { error: finding('undecodable', `the body is no JSON: ${reason}`), findings: [] }
  }
  const notes: Notes = { unknown: [], noObject: [] }
  const answer = read(contract.response, json ?? {}, '', notes)
  const findings = notes.unknown.map((path) =>
    path === 'retryAfterSeconds'
      ? finding('retry-ignored', `${contract.hook} cannot block`)
      : finding('unknown-field', `${path} is not known`),
  )
  const [noObject] = notes.noObject
  if (noObject !== undefined)
    return { error: finding('undecodable', `${noObject || 'the answer'} is no object`), findings }
  for (const issue of v.safeParse(contract.response, answer).issues ?? []) {
    if (semantic.has(issue.type)) continue
    const path = v.getDotPath(issue) ?? 'the answer'
    if (issue.received === 'undefined')
      findings.push(finding('missing-field', `${path} is missing`))
    else {
      const detail = `${path} is ${issue.received}, expected ${issue.expected ?? issue.type}`
      return { error: finding('undecodable', detail), findings }
    }
  }
  return isObject(answer) ? { answer, findings } : { findings }
}

function read(generic: v.GenericSchema, value: unknown, path: string, notes: Notes): unknown {
  const schema = generic as v.GenericSchema & Schema
  switch (schema.type) {
    case 'optional':
      return read(schema.wrapped, value, path, notes)
    case 'lazy':
      return read(schema.getter(value), value, path, notes)
    case 'array':
      return Array.isArray(value)
        ? value.map((item, i) => read(schema.item, item, `${path}[${i}]`, notes))
        : value
    case 'record':
      if (isObject(value)) return readRecord(schema.value, value, path, notes)
      notes.noObject.push(path)
      return value
    case 'strict_object':
      if (isObject(value)) return readFields(schema.entries, value, path, notes)
      notes.noObject.push(path)
      return value
    default:
      return value
  }
}

function readRecord(schema: v.GenericSchema, value: JsonObject, path: string, notes: Notes) {
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([key, child]) => [key, read(schema, child, joinPath(path, key), notes)]),
  )
}

function readFields(fields: v.ObjectEntries, value: JsonObject, path: string, notes: Notes) {
  const result: JsonObject = {}
  for (const [key, child] of Object.entries(value)) {
    const lower = key.toLowerCase()
    const name = key in fields ? key : Object.keys(fields).find((n) => n.toLowerCase() === lower)
    const field = name === undefined ? undefined : fields[name]
    if (name === undefined || field === undefined) notes.unknown.push(joinPath(path, key))
    else if (child !== null) result[name] = read(field, child, joinPath(path, name), notes)
  }
  return result
}
