import { apiVersion } from '../contract/contract.ts'
import type { Variable } from '../contract/topology.ts'
import { equal } from '../json/diff.ts'
import type { JsonObject } from '../json/json.ts'
import { answerMessage } from '../rules/answer.ts'
import { checkPatches } from '../rules/patches.ts'
import { builtinVariable, clusterBuiltin } from './builtins.ts'
import { withDefaultVariables } from './default-variables.ts'
import { type Definition, definitionsOf } from './definitions.ts'
import { desiredItems } from './desired.ts'
import { templateFinder } from './find-template.ts'
import { generateInlinePatches } from './inline/index.ts'
import { itemOf, variablesOf } from './item.ts'
import type { TopologyParts } from './parts.ts'
import { partsOfClass } from './parts-of-class.ts'
import { placesOf, type TemplatePlace } from './places.ts'
import { readCluster } from './read-cluster.ts'
import { type ClusterClassPatch, readClusterClass } from './read-cluster-class.ts'
import type { Item, Rendered, RenderedPatch, RenderedValidation, RenderInput } from './types.ts'

/**
 * What the topology controller makes of a Cluster and its ClusterClass: the requests that it sends, and what it makes of the
 * answers (core/reconcilers/topology/cluster/patches/engine.go). Throws StartError when the objects do not belong together.
 */
export async function renderTopology(input: RenderInput): Promise<Rendered> {
  const notes = new Set<string>()
  const note = (sentence: string) => void notes.add(sentence)
  const clusterClass = readClusterClass(input.clusterClass)
  const definitions = await definitionsOf(clusterClass, input.call, note)
  const cluster = withDefaultVariables(readCluster(input.cluster), definitions)
  const find = templateFinder(input, clusterClass.metadata.namespace, note)
  const parts = partsOfClass({ clusterClass, cluster, objects: input.objects ?? [], find, note })
  const places = placesOf(parts)
  const state = { parts, places, definitions, call: input.call, note }
  const before = places.map((place) => itemOf(place, cluster.metadata.namespace))

  const patches: RenderedPatch[] = []
  let request: Templates = {
    variables: globalVariables(state),
    items: withVariables(state, before),
  }
  for (const patch of clusterClass.spec.patches ?? []) {
    request = {
      variables: globalVariables(state, sourceOf(patch)),
      items: withVariables(state, request.items, sourceOf(patch)),
    }
    const { items, ...rendered } = await renderPatch(patch, request, state)
    patches.push(rendered)
    request = { ...request, items }
    if (rendered.state === 'failed') break
  }
  const isFailed = patches.some((patch) => patch.state === 'failed')
  const { validations, refused } = isFailed
    ? { validations: [], refused: true }
    : await validate(clusterClass.spec.patches ?? [], request, state)
  return {
    patches,
    validations,
    before: withVariables(state, before),
    items: request.items,
    desired: refused ? [] : desiredItems(before, request.items, parts, clusterClass),
    notes: [...notes],
  }
}

interface State {
  readonly parts: TopologyParts
  readonly places: readonly TemplatePlace[]
  readonly definitions: readonly Definition[]
  readonly call: RenderInput['call']
  readonly note: (sentence: string) => void
}

interface Templates {
  readonly variables: readonly Variable[]
  readonly items: readonly Item[]
}

const sourceOf = ({ name, external }: ClusterClassPatch) => (external ? name : 'inline')

function globalVariables(state: State, from?: string): Variable[] {
  const { cluster } = state.parts
  const known = (cluster.spec.topology.variables ?? []).filter(
    ({ name }) => name !== 'builtin' && isDefined(state, name, from),
  )
  return [
    ...known.map(({ name, value }) => ({ name, value })),
    builtinVariable(clusterBuiltin(cluster)),
  ]
}

function withVariables(state: State, items: readonly Item[], from?: string): Item[] {
  return items.map((item, index) => {
    const place = state.places[index]
    const variables = place && variablesOf(place, (name) => isDefined(state, name, from))
    return { ...item, ...(variables && { variables }) }
  })
}

function isDefined({ definitions }: State, name: string, from: string | undefined): boolean {
  return definitions.some((known) => known.name === name && (!from || known.from === from))
}

type PatchResult = RenderedPatch & { readonly items: readonly Item[] }

async function renderPatch(
  patch: ClusterClassPatch,
  templates: Templates,
  state: State,
): Promise<PatchResult> {
  const { name, external } = patch
  const { items } = templates
  const nothing = { name, changed: [], matched: [], findings: [], items }
  if (!external) {
    const { answer, matched, enabled } = generateInlinePatches(patch, items, templates.variables)
    if (!enabled) return { ...nothing, matched, state: 'disabled' }
    return { ...applyAnswer(items, { ...answer, status: 'Success' }), name, matched }
  }
  const handler = external.generatePatchesExtension
  // The controller has no generator for such a patch (createPatchGenerator in patches/engine.go).
  if (!handler)
    return { ...nothing, state: 'failed', message: 'it has no generatePatchesExtension' }
  const request = requestOf('GeneratePatches', patch, templates)
  const answer = await state.call(handler, 'GeneratePatches', request)
  if (!answer) return { ...nothing, handler, state: 'unknown', message: unknownExtension(handler) }
  const applied = applyAnswer(items, answer)
  const matched = applied.changed.map(({ uid }) => uid)
  return { ...applied, name, handler, request, answer, matched }
}

const unknownExtension = (handler: string) => `nobody knows the extension of ${handler}`

// These end the reconcile; what the controller only drops does not.
const refusals = ['patch-uid', 'patch-format', 'patch-apply']

function applyAnswer(items: readonly Item[], answer: JsonObject) {
  const untouched = { state: 'failed', items, changed: [], findings: [] } as const
  if (answer['status'] !== 'Success')
    return { ...untouched, message: answerMessage(answer) || `the answer is a ${answer['status']}` }
  const { items: patched, findings } = checkPatches(items, answer)
  const refusal = findings.find(({ rule }) => refusals.includes(rule))
  if (refusal) return { ...untouched, findings, message: refusal.detail }
  const changed = patched.flatMap(({ uid, object }, index) => {
    const before = items[index]?.object ?? {}
    return equal(before, object) ? [] : [{ uid, before, after: object }]
  })
  return { state: 'applied', items: patched, changed, findings } as const
}

function requestOf(
  hook: string,
  { external }: ClusterClassPatch,
  { variables, items }: { variables: readonly Variable[]; items: readonly object[] },
): JsonObject {
  const settings = external?.settings
  return { apiVersion, kind: `${hook}Request`, ...(settings && { settings }), variables, items }
}

async function validate(
  patches: readonly ClusterClassPatch[],
  { variables, items }: Templates,
  { call, note }: State,
) {
  const validations: RenderedValidation[] = []
  const itemsOfRequest = items.map(({ uid: _, ...item }) => item)
  for (const patch of patches) {
    const handler = patch.external?.validateTopologyExtension
    if (!handler) continue
    const request = requestOf('ValidateTopology', patch, { variables, items: itemsOfRequest })
    const answer = await call(handler, 'ValidateTopology', request)
    if (!answer)
      note(`The validation of the patch ${patch.name} is left out: ${unknownExtension(handler)}.`)
    validations.push({ patch: patch.name, handler, request, answer })
    if (answer && answer['status'] !== 'Success') return { validations, refused: true }
  }
  return { validations, refused: false }
}
