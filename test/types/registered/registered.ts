// A project that registers settings and a context, compiled on its own: what it registers would count for all other
// files. Each line below @ts-expect-error must not compile.

import { defineHook, type Services, serve } from 'capi-extension'
import { BeforeClusterCreate, GeneratePatches } from 'capi-extension/hooks'
import { callHook, memoryApi, renderTopology, requestOf } from 'capi-extension/testing'
import { defineVariables, walkTemplates } from 'capi-extension/topology'
import * as v from 'valibot'
import { expectTypeOf } from 'vitest'

const settings = v.object({ maxClusters: v.pipe(v.string(), v.toNumber()) })
const context = async ({ settings: { maxClusters } }: Services) => ({
  quota: { left: (namespace: string) => maxClusters - namespace.length },
})

declare module 'capi-extension' {
  interface Register {
    settings: typeof settings
    context: typeof context
  }
}

const hook = defineHook(BeforeClusterCreate, ({ request, quota, settings: { maxClusters } }) => {
  expectTypeOf(maxClusters).toEqualTypeOf<number>()
  expectTypeOf(quota.left(request.cluster.metadata.namespace)).toEqualTypeOf<number>()
})
// @ts-expect-error: the context adds no such name
defineHook(BeforeClusterCreate, ({ quotas }) => void quotas)
// @ts-expect-error: what it adds has no such method
defineHook(BeforeClusterCreate, ({ quota }) => void quota.right('team-a'))
// @ts-expect-error: there is no such setting
defineHook(BeforeClusterCreate, ({ settings: { minClusters } }) => void minClusters)

// The toolkit takes the call of a handler that has more.
const variables = defineVariables({})
const patches = defineHook(GeneratePatches, (call) => walkTemplates(call, { variables }, []))

const options = { name: 'registered', hooks: [hook, patches] }
serve({ ...options, settings, context })
// @ts-expect-error: it needs the settings that are registered
serve({ ...options, context })
// @ts-expect-error: it needs the context that is registered
serve({ ...options, settings })
// @ts-expect-error: of these settings the context would make nothing
serve({ ...options, settings: v.object({}), context })

const request = requestOf(BeforeClusterCreate, { settings: { maxClusters: '5' } })
const quota = { left: () => 5 }
export const calls = [
  callHook(hook, request, { settings: { maxClusters: 5 }, quota }),
  callHook(hook, request, { settings: { maxClusters: 5 }, quota, api: memoryApi() }),
  // @ts-expect-error: it needs the settings and what the context adds
  callHook(hook, request),
  // @ts-expect-error: it needs what the context adds
  callHook(hook, request, { settings: { maxClusters: 5 } }),
  // @ts-expect-error: it needs the settings, and as handlers get them
  callHook(hook, request, { settings: { maxClusters: '5' }, quota }),
  // @ts-expect-error: there is no such service
  callHook(hook, request, { settings: { maxClusters: 5 }, quota, clock: () => 0 }),
]

const objects = { clusterClass: {}, cluster: {}, templates: [] }
export const renders = [
  renderTopology({ ...objects, extension: { hooks: [patches], settings, context } }),
  renderTopology({ ...objects, services: { settings: { maxClusters: 5 }, quota } }),
  // @ts-expect-error: the services lack what the context adds
  renderTopology({ ...objects, services: { settings: { maxClusters: 5 } } }),
  // @ts-expect-error: a Cluster has templates
  renderTopology({ clusterClass: {}, cluster: {} }),
]
