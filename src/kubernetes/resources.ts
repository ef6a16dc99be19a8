import { isObject, type JsonObject } from '../json/json.ts'
import type { Target } from './refusal.ts'
import { ApiError, type KubernetesApi } from './request.ts'

interface Resource {
  /** As in a path, such as `clusters`. */
  plural: string
  namespaced: boolean
}

// What comes with a request must not lead to another path: these have no slash, and are no "..".
const patterns = {
  apiVersion: /^([a-z0-9][a-z0-9.-]*\/)?[a-z0-9]+$/,
  namespace: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
  name: /^[a-zA-Z0-9]([a-zA-Z0-9._:-]{0,251}[a-zA-Z0-9])?$/,
}

/**
 * Where an API server has the objects of a kind. It is asked once for each apiVersion, and again when it had no such
 * kind.
 */
export function createResources(request: KubernetesApi) {
  const known = new Map<string, Map<string, Resource>>()

  async function find({ apiVersion, kind }: Target, signal?: AbortSignal): Promise<Resource> {
    // Calls do not wait for each other here: the signal of one would end the answer of all.
    if (!known.get(apiVersion)?.has(kind)) known.set(apiVersion, await discover(apiVersion, signal))
    const found = known.get(apiVersion)?.get(kind)
    if (found) return found
    throw new ApiError(404, {
      message: `the API server has no kind ${kind} in ${apiVersion}: install its CustomResourceDefinition or use a version that it has`,
    })
  }

  async function discover(apiVersion: string, signal?: AbortSignal) {
    const resources = new Map<string, Resource>()
    const list = await request('GET', groupPath(apiVersion), undefined, signal).catch(
      (error): JsonObject => {
        if (error instanceof ApiError && error.code === 404) return {}
        throw error
      },
    )
    const entries: unknown[] = Array.isArray(list['resources']) ? list['resources'] : []
    for (const { name, kind, namespaced } of entries.filter(isObject)) {
      const plural = String(name)
      // Parts of objects have paths too, such as clusters/status.
      if (!plural.includes('/'))
        resources.set(String(kind), { plural, namespaced: namespaced === true })
    }
    return resources
  }

  return {
    /** The path of an object, or of all of its kind. Rejects with ApiError. */
    async pathOf(target: Target, ofAll: boolean, signal?: AbortSignal): Promise<string> {
      const { apiVersion, kind, namespace, name } = target
      for (const field of ['apiVersion', 'namespace', 'name'] as const) checkField(target, field)
      const { plural, namespaced } = await find(target, signal)
      if (!namespaced && namespace !== undefined)
        throw new ApiError(0, { message: `a ${kind} is in no namespace: leave the namespace out` })
      if (namespaced && namespace === undefined && name !== undefined)
        throw new ApiError(0, { message: `a ${kind} is in a namespace: name it` })
      return [
        groupPath(apiVersion),
        ...(namespace === undefined ? [] : ['namespaces', namespace]),
        plural,
        ...(ofAll || name === undefined ? [] : [name]),
      ].join('/')
    },
    /** Has the API server asked again for the kinds of an apiVersion. */
    forget(apiVersion: string) {
      known.delete(apiVersion)
    },
  }
}

function groupPath(apiVersion: string): string {
  return `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}`
}

function checkField(target: Target, field: keyof typeof patterns) {
  const value: unknown = target[field]
  // A request may have null, past the compiler: as a text it would be a name like any other.
  if (value === undefined || (typeof value === 'string' && patterns[field].test(value))) return
  throw new ApiError(0, { message: `${JSON.stringify(value).slice(0, 80)} is no ${field}` })
}
