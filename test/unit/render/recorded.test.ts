import { expect, it } from 'vitest'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { renderTopology } from '../../../src/render/render.ts'
import type { RenderInput } from '../../../src/render/types.ts'
import { recordedOf } from '../../recorded/recorded.ts'
import { comparableRequest } from '../../support/same-request.ts'
import { inMemoryTopology, poolsTopology } from './recorded-topologies.ts'

const pending = 'runtime.cluster.x-k8s.io/pending-hooks'
const upgrading = { [pending]: 'AfterClusterUpgrade,AfterWorkersUpgrade' }
const topologies = [
  inMemoryTopology('demo', 'v1.34.0'),
  inMemoryTopology('demo', 'v1.34.0', { [pending]: 'AfterControlPlaneInitialized' }),
  inMemoryTopology('chain', 'v1.34.0'),
  inMemoryTopology('chain', 'v1.36.4', upgrading, 'text/plain'),
  inMemoryTopology('chain', 'v1.36.4', upgrading, 'Raw'),
  inMemoryTopology('chain', 'v1.36.4', upgrading, 'Raw'),
  await poolsTopology(),
]
const generated = recordedOf('generatepatches')
const validated = recordedOf('validatetopology')
const [discovered] = recordedOf('discovervariables')

/** Answers as Go's test extension did, with the settings of the ExtensionConfig added to the requests. */
function recordedCall(recorded: (typeof generated)[number] | undefined) {
  const requests: Record<string, JsonObject> = {}
  const call: RenderInput['call'] = async (_handler, hook, request) => {
    requests[hook] = { ...request, settings: recorded?.request['settings'] }
    if (hook === 'DiscoverVariables') return discovered?.response.body
    if (hook === 'ValidateTopology') return { status: 'Success' }
    return { ...recorded?.response.body, items: patchesFor(request, recorded) }
  }
  return { call, requests }
}

// Its patches name the uids of its own request.
function patchesFor(request: JsonObject, recorded: (typeof generated)[number] | undefined) {
  const places = (items: unknown) =>
    (Array.isArray(items) ? items.filter(isObject) : []).map(({ uid, holderReference }) => {
      const { kind, fieldPath } = Object(holderReference)
      return { uid, place: `${kind} ${fieldPath}` }
    })
  const then = new Map(places(recorded?.request['items']).map(({ uid, place }) => [uid, place]))
  const now = new Map(places(request['items']).map(({ uid, place }) => [place, uid]))
  const patches = recorded?.response.body['items']
  return (Array.isArray(patches) ? patches.filter(isObject) : []).map((patch) => ({
    ...patch,
    uid: now.get(then.get(patch['uid']) ?? ''),
  }))
}

it.each(generated.map((recorded, index) => ({ ...recorded, index })))(
  'makes the request of $file',
  async ({ index }) => {
    const topology = topologies[index]
    const recorded = generated[index]
    if (!topology || !recorded) throw new Error('a recording has no topology')
    const { call, requests } = recordedCall(recorded)
    const { patches } = await renderTopology({ ...topology, call })
    expect(patches).toMatchObject([{ state: 'applied' }])
    const { GeneratePatches = {}, ValidateTopology } = requests
    expect(comparableRequest(GeneratePatches)).toEqual(comparableRequest(recorded.request))
    const validation = validated[index]
    if (validation)
      expect(comparableRequest(ValidateTopology ?? {})).toEqual(
        comparableRequest(validation.request),
      )
  },
)
