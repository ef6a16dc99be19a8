import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type JsonObject, objectAt } from '../json/json.ts'
import { applyMergePatch } from '../json/merge.ts'
import type { Api } from './api.ts'
import { applyFields } from './apply-fields.ts'
import { matchesLabels } from './label-selector.ts'
import {
  type ObjectReference,
  type RequestObject,
  referenceTo,
  typed,
  type WritableObject,
} from './objects.ts'

/**
 * An Api for tests: the objects of a list, in memory. NotFound, AlreadyExists, Conflict and merge patches are as an API
 * server has them. Kinds, namespaces and schemas are not checked, and `apply` takes every list as one field. The objects
 * given are not changed: `get` and `list` show what was written.
 *
 * @example
 * ```ts
 * const api = memoryApi([
 *   { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'quota', namespace: 'default' }, data: { clusters: '3' } },
 * ])
 * const answer = await callHook(hook, request, { api })
 * ```
 */
export function memoryApi<T extends RequestObject>(objects: readonly T[] = []): Api {
  const stored = new Map<string, JsonObject>()
  /** What was applied last. */
  const applied = new Map<string, JsonObject>()
  // Above the versions that objects of tests have.
  let version = 1_000_000

  const write = (key: string, object: JsonObject) => {
    stored.set(key, object)
    return structuredClone(object)
  }
  const make = (key: string, object: JsonObject) =>
    write(key, {
      ...object,
      metadata: {
        uid: randomUUID(),
        creationTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
        resourceVersion: `${++version}`,
        ...objectAt(object, ['metadata']),
      },
    })
  /** Keeps what cannot be changed. A change of nothing is none. */
  const change = (key: string, before: JsonObject, after: JsonObject) => {
    const kept = Object.entries(metadataOf(before)).filter(([field]) => fixed.has(field))
    const metadata = { ...metadataOf(after), ...Object.fromEntries(kept) }
    if (isDeepStrictEqual({ ...after, metadata }, before)) return structuredClone(before)
    return write(key, { ...after, metadata: { ...metadata, resourceVersion: `${++version}` } })
  }

  for (const object of objects) {
    const { apiVersion, kind, metadata } = object
    if (!apiVersion || !kind) throw new Error(`"${metadata.name}" has no apiVersion or no kind`)
    const { name, namespace } = metadata
    make(keyOf({ apiVersion, kind, name, ...(namespace && { namespace }) }), jsonOf(object))
  }
  return {
    async get<T>(reference: ObjectReference) {
      const found = stored.get(keyOf(reference))
      return found && typed<T>(structuredClone(found))
    },
    async list<T>({ apiVersion, kind, namespace, labelSelector = '' }: Parameters<Api['list']>[0]) {
      const matches = matchesLabels(labelSelector)
      const found = [...stored.values()].filter((object) => {
        const metadata = metadataOf(object)
        const isOfKind = object['apiVersion'] === apiVersion && object['kind'] === kind
        const isInNamespace = namespace === undefined || metadata['namespace'] === namespace
        return isOfKind && isInNamespace && matches(objectAt(metadata, ['labels']) ?? {})
      })
      return found.map((object) => typed<T>(structuredClone(object)))
    },
    async create<T extends WritableObject>(object: T) {
      const key = keyOf(referenceTo(object))
      return stored.has(key) ? 'AlreadyExists' : typed<T>(make(key, jsonOf(object)))
    },
    async patch<T>(reference: ObjectReference, patch: object) {
      const key = keyOf(reference)
      const before = stored.get(key)
      if (!before) return 'NotFound'
      const changes = jsonOf(patch)
      if (isOutdated(before, changes)) return 'Conflict'
      return typed<T>(change(key, before, applyMergePatch(before, changes)))
    },
    async apply<T extends WritableObject>(object: T, { force = false } = {}) {
      const key = keyOf(referenceTo(object))
      const [before, wanted] = [stored.get(key), jsonOf(object)]
      if (before && isOutdated(before, wanted)) return 'Conflict'
      const after = applyFields(before ?? {}, applied.get(key) ?? {}, wanted, force)
      if (after === 'Conflict') return 'Conflict'
      applied.set(key, wanted)
      return typed<T>(before ? change(key, before, after) : make(key, after))
    },
  }
}

const fixed = new Set(['name', 'namespace', 'uid', 'creationTimestamp', 'resourceVersion'])

const keyOf = ({ apiVersion, kind, namespace = '', name }: ObjectReference) =>
  [apiVersion, kind, namespace, name].join(' ')

function metadataOf(object: JsonObject): JsonObject {
  return objectAt(object, ['metadata']) ?? {}
}

/** A copy as it goes over the wire, without fields that are undefined. */
function jsonOf(object: object): JsonObject {
  return JSON.parse(JSON.stringify(object))
}

/** Whether a change is meant for another version. */
function isOutdated(object: JsonObject, change: JsonObject): boolean {
  const { resourceVersion } = metadataOf(change)
  return Boolean(resourceVersion) && resourceVersion !== metadataOf(object)['resourceVersion']
}
