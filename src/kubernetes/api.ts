import { isObject, type JsonObject, objectAt } from '../json/json.ts'
import {
  type KubernetesObject,
  type ObjectReference,
  type ObjectSelection,
  referenceTo,
  typed,
  type WritableObject,
} from './objects.ts'
import { explain, statusReasonOf, type Target, type Verb } from './refusal.ts'
import { ApiError, type KubernetesApi } from './request.ts'
import { createResources } from './resources.ts'

/**
 * The objects of the management cluster, by kind. Calls end with the signal of the hook's call, and reject with its
 * reason. What is expected is a value; every other refusal rejects with ApiError, whose message names the verb, the
 * kind, the object and the reason. It is short and always the same, so that a handler may answer it.
 *
 * The ServiceAccount of the extension needs a rule in its role for each kind and verb: `get`, `list`, `create` and
 * `patch`; `apply` needs `patch`, and `create` where the object is not there. The message of Forbidden says which rule
 * is missing.
 *
 * @example
 * ```ts
 * export default defineHook(BeforeClusterCreate, async ({ request, api }) => {
 *   const { namespace } = request.cluster.metadata
 *   const clusters = await api.list({ apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster', namespace })
 *   if (clusters.length > 10) return { retryAfterSeconds: 60, message: 'The namespace has its 10 Clusters' }
 * })
 * ```
 */
export interface Api {
  /** The object, or undefined when it is not there. */
  get<T extends object = KubernetesObject>(reference: ObjectReference): Promise<T | undefined>
  /** All objects of a kind, whatever their number; none when the namespace is not there. */
  list<T extends object = KubernetesObject>(selection: ObjectSelection): Promise<T[]>
  /**
   * Makes an object: as it is stored, or 'AlreadyExists'. It may exist by this call, when the first answer of the API
   * server was lost.
   */
  create<T extends WritableObject>(object: T): Promise<T | 'AlreadyExists'>
  /**
   * Changes an object by a JSON merge patch: a null takes a field away, a list is replaced. With
   * `metadata.resourceVersion` in the patch, 'Conflict' says that somebody has written since.
   */
  patch<T extends object = KubernetesObject>(
    reference: ObjectReference,
    mergePatch: object,
  ): Promise<T | 'NotFound' | 'Conflict'>
  /**
   * Makes an object or sets its fields, by server-side apply. Fields that the extension applied before and leaves out
   * now go. 'Conflict' says that somebody else owns a field and wants another value, also the extension itself by
   * `create` or `patch`; `force` takes the field over.
   */
  apply<T extends WritableObject>(object: T, options?: { force?: boolean }): Promise<T | 'Conflict'>
}

const pageSize = 500

/**
 * The objects of an API server; it is asked once per process which kinds it has. Each call of a hook gets its own Api,
 * which ends with the call's signal.
 *
 * @param extension The name of the extension: the field manager of what it writes.
 */
export function createApi(
  request: KubernetesApi,
  extension: string,
): (signal?: AbortSignal) => Api {
  const resources = createResources(request)
  const fieldManager = extension.slice(0, 128)

  return (signal) => {
    interface Question {
      method?: 'POST' | 'PATCH'
      query?: Record<string, string>
      body?: object
      contentType?: string
    }
    async function ask(verb: Verb, target: Target, question: Question = {}): Promise<JsonObject> {
      const { method = 'GET', query = {}, body, contentType } = question
      signal?.throwIfAborted()
      try {
        const path = await resources.pathOf(target, method === 'POST', signal)
        const search = new URLSearchParams(body ? { ...query, fieldManager } : query).toString()
        const url = search === '' ? path : `${path}?${search}`
        return await request(method, url, body, signal, contentType)
      } catch (error) {
        signal?.throwIfAborted()
        // A path that is not there: the kind has gone, or has another path.
        if (error instanceof ApiError && error.code === 404 && statusReasonOf(error) === undefined)
          resources.forget(target.apiVersion)
        throw explain(error, verb, target)
      }
    }

    return {
      async get<T>(reference: ObjectReference) {
        const found = await unless('NotFound', ask('get', reference))
        return found === 'NotFound' ? undefined : typed<T>(found)
      },
      async list<T>(selection: ObjectSelection) {
        const { labelSelector, ...target } = selection
        const { apiVersion, kind } = target
        const found: T[] = []
        let position = ''
        do {
          const page = await ask('list', target, {
            query: {
              limit: `${pageSize}`,
              ...(labelSelector && { labelSelector }),
              ...(position && { continue: position }),
            },
          })
          const items: unknown[] = Array.isArray(page['items']) ? page['items'] : []
          // Lists of the kinds that Kubernetes itself has leave both out of their items.
          for (const item of items.filter(isObject))
            found.push(typed({ apiVersion, kind, ...item }))
          position = String(objectAt(page, ['metadata'])?.['continue'] ?? '')
        } while (position !== '')
        return found
      },
      async create<T extends WritableObject>(object: T) {
        const created = ask('create', referenceTo(object), { method: 'POST', body: object })
        return typed<T | 'AlreadyExists'>(await unless('AlreadyExists', created))
      },
      async patch<T>(reference: ObjectReference, mergePatch: object) {
        const patched = ask('patch', reference, { method: 'PATCH', body: mergePatch })
        const answer = await unless('NotFound', unless('Conflict', patched))
        return typed<T | 'NotFound' | 'Conflict'>(answer)
      },
      async apply<T extends WritableObject>(object: T, { force = false } = {}) {
        const applied = ask('apply', referenceTo(object), {
          method: 'PATCH',
          query: { force: `${force}` },
          body: object,
          contentType: 'application/apply-patch+yaml',
        })
        return typed<T | 'Conflict'>(await unless('Conflict', applied))
      },
    }
  }
}

/** The Api of an extension that has no API server: every method rejects and says what to do. */
export function missingApi(): Api {
  const reject = () =>
    Promise.reject(
      new ApiError(0, {
        message: 'no API server: start with --kubeconfig and a file, or in a cluster',
      }),
    )
  return { get: reject, list: reject, create: reject, patch: reject, apply: reject }
}

/** The answer, or the reason of the refusal when it is this one. */
async function unless<T, Reason extends string>(
  reason: Reason,
  answer: Promise<T>,
): Promise<T | Reason> {
  try {
    return await answer
  } catch (error) {
    if (statusReasonOf(error) === reason) return reason
    throw error
  }
}
