import { checkVariables } from './check-variables.ts'
import { withDefaultVariables } from './default-variables.ts'
import { type Definition, definitionsOf } from './definitions.ts'
import { desiredItems } from './desired.ts'
import { templateFinder } from './find-template.ts'
import { itemOf } from './item.ts'
import type { TopologyCluster } from './parts.ts'
import { partsOfClass } from './parts-of-class.ts'
import { placesOf } from './places.ts'
import { readCluster } from './read-cluster.ts'
import { type ClusterClassPatch, readClusterClass } from './read-cluster-class.ts'
import { renderPatch, unknownExtension } from './render-patch.ts'
import { requestOf, type Templates, withVariables } from './requests.ts'
import type { Note, Rendered, RenderedPatch, RenderedValidation, RenderInput } from './types.ts'

/**
 * What the topology controller makes of a Cluster and its ClusterClass: the requests that it sends, and what it makes of the
 * answers (core/reconcilers/topology/cluster/patches/engine.go). Rejects with StartError when the objects do not belong
 * together, and with what `call` throws.
 */
export async function renderTopology(input: RenderInput): Promise<Rendered> {
  const notes = new Set<string>()
  const note = (sentence: string) => void notes.add(sentence)
  const { objects = [], call } = input
  const given = readCluster(input.cluster, objects, note)
  const clusterClass = readClusterClass(input.clusterClass, given)
  const { definitions, isComplete } = await definitionsOf(clusterClass, call, note)
  const cluster = withDefaultVariables(given, definitions)
  if (!isComplete) noteUnknownVariables(cluster, definitions, note)

  const find = templateFinder(input, clusterClass.metadata.namespace, note)
  const parts = partsOfClass({ clusterClass, cluster, objects, find, note })
  const places = placesOf(parts)
  const topology = { cluster: parts.cluster, places, definitions }
  const before = places.map((place) => itemOf(place, cluster.metadata.namespace))

  const patches: RenderedPatch[] = []
  const ofClass = clusterClass.spec.patches ?? []
  let templates = withVariables(topology, before)
  for (const patch of ofClass) {
    templates = withVariables(topology, templates.items, patch)
    const { items, ...rendered } = await renderPatch(patch, templates, call)
    templates = { ...templates, items }
    patches.push(rendered)
    if (rendered.state === 'unknown')
      note(`The patch ${patch.name} is left out: ${rendered.message}.`)
    if (rendered.state === 'failed') break
  }
  const isFailed = patches.some(({ state }) => state === 'failed')
  const validations = isFailed ? [] : await validate(ofClass, templates, call, note)
  const isRefused = validations.some(({ answer }) => answer && answer['status'] !== 'Success')
  return {
    patches,
    validations,
    before: withVariables(topology, before).items,
    items: templates.items,
    desired:
      isFailed || isRefused ? [] : desiredItems(before, templates.items, parts, clusterClass),
    notes: [...notes],
    refusals: checkVariables(cluster, definitions, isComplete),
  }
}

function noteUnknownVariables(
  { spec }: TopologyCluster,
  definitions: readonly Definition[],
  note: Note,
): void {
  const known = new Set(definitions.map(({ name }) => name))
  for (const { name } of spec.topology.variables ?? [])
    if (!known.has(name))
      note(
        `Whether the variable ${name} of the Cluster is defined is not known: only an extension that is not known here may define it.`,
      )
}

async function validate(
  patches: readonly ClusterClassPatch[],
  { variables, items }: Templates,
  call: RenderInput['call'],
  note: Note,
): Promise<RenderedValidation[]> {
  const validations: RenderedValidation[] = []
  const content = { variables, items: items.map(({ uid: _, ...item }) => item) }
  for (const patch of patches) {
    const handler = patch.external?.validateTopologyExtension
    if (!handler) continue
    const request = requestOf('ValidateTopology', patch, content)
    const answer = await call(handler, 'ValidateTopology', request)
    validations.push({ patch: patch.name, handler, request, answer })
    if (!answer)
      note(`The validation of the patch ${patch.name} is left out: ${unknownExtension(handler)}.`)
    else if (answer['status'] !== 'Success') break
  }
  return validations
}
