import { type JsonObject, objectAt } from '../../json/json.ts'
import { at, withValue } from '../../json/path.ts'
import type { StoredObject } from '../../recording/recording.ts'
import { renderTopology } from '../../render/render.ts'
import type { Rendered, RenderedPatch } from '../../render/types.ts'
import { answerMessage } from '../../rules/answer.ts'
import type { CustomResources } from '../crds/custom-resources.ts'
import {
  checkSchemas,
  describeSchemas,
  type SchemaFinding,
  uncheckedParts,
} from './check-schemas.ts'
import { callerOf, extensionOf, type KnownExtension, type RenderedCall } from './extensions.ts'
import type { ClusterInput } from './inputs.ts'
import { fullName, namespaceOf } from './names.ts'
import { saveCalls, saveDiscovery } from './save-calls.ts'

/** What a render runs with. */
export interface RenderTools {
  readonly extensions: readonly KnownExtension[]
  readonly resources?: CustomResources
  /** A folder for recordings. */
  readonly save?: string
}

/** What came of a Cluster. */
export interface RenderReport extends Rendered {
  /** With its namespace. */
  readonly cluster: string
  readonly clusterClass: string
  /** Patches behind one that failed. */
  readonly notReached: readonly string[]
  readonly calls: readonly RenderedCall[]
  /** What schemas refuse; undefined where nothing was checked. */
  readonly schemas: readonly SchemaFinding[] | undefined
  /** Recordings that were written. */
  readonly saved: readonly string[]
  /** Why the controller would not go on with the Cluster, one sentence each. */
  readonly refusals: readonly string[]
}

/** Renders the topology of a Cluster, checks what came of it and records the calls. Rejects with StartError. */
export async function runRender(
  { cluster, clusterClass, templates, objects }: ClusterInput,
  { extensions, resources, save }: RenderTools,
): Promise<RenderReport> {
  const calls: RenderedCall[] = []
  const stored = storedObjects([cluster, clusterClass], objects)
  const rendered = await renderTopology({
    ...{ clusterClass, cluster, templates, objects },
    call: callerOf(extensions, clusterClass, stored, calls),
    ...(resources && { complete: (object: JsonObject) => resources.complete(object) }),
  })
  const schemas = resources && checkSchemas(rendered, resources)
  const own = extensions.find(({ settings }) => settings !== undefined)
  const patches = at(clusterClass, 'spec', 'patches')
  const names: string[] = (Array.isArray(patches) ? patches : []).map(({ name }) => String(name))
  return {
    ...rendered,
    cluster: fullName(cluster),
    clusterClass: fullName(clusterClass),
    notes: notesOf(rendered, calls, { extensions, ...(resources && { resources }) }),
    calls,
    schemas,
    refusals: refusalsOf(rendered, calls, schemas ?? []),
    notReached: names.slice(rendered.patches.length),
    saved:
      save === undefined
        ? []
        : [
            ...(await saveCalls(save, fullName(cluster), calls, stored)),
            ...(own ? await saveDiscovery(save, own.discovery) : []),
          ],
  }
}

function notesOf(
  { notes, items, patches }: Rendered,
  calls: readonly RenderedCall[],
  { extensions, resources }: RenderTools,
): string[] {
  const called = new Set(calls.map(({ handler }) => extensionOf(handler)))
  const isUnknown = patches.some(({ state, handler }) => state === 'unknown' && handler)
  return [
    ...notes,
    ...extensions.flatMap(({ name, settings }) => {
      if (settings === undefined)
        return called.has(name)
          ? [
              `The settings of the ExtensionConfig ${name} are not known: its handlers get those of the patches.`,
            ]
          : [`No patch of the ClusterClass calls the extension ${name}.`]
      return isUnknown && !called.has(name)
        ? [`No patch of the ClusterClass calls the extension in this folder, ${name}.`]
        : []
    }),
    ...calls.flatMap(({ handler, problem }) =>
      problem === undefined ? [] : [`${handler} did not answer: ${problem}.`],
    ),
    ...(resources
      ? uncheckedParts(items, resources)
      : [
          'Templates are not checked against their schemas: --crds gives CustomResourceDefinitions.',
        ]),
  ]
}

function refusalsOf(
  rendered: Rendered,
  calls: readonly RenderedCall[],
  schemas: readonly SchemaFinding[],
): string[] {
  const { patches, validations, refusals } = rendered
  const failures = patches.map(({ message }) => message)
  return [
    ...refusals,
    ...patches.flatMap((patch) =>
      patch.state === 'failed' ? [`The patch ${patch.name} fails: ${failureOf(patch)}`] : [],
    ),
    ...validations.flatMap(({ patch, handler, answer }) =>
      answer && answer['status'] !== 'Success'
        ? [`${handler} of the patch ${patch} refuses the Cluster: ${answerMessage(answer)}`]
        : [],
    ),
    ...[...patches, ...calls].flatMap(({ findings, handler }) =>
      findings
        .filter(({ level, detail }) => level === 'break' && !failures.includes(detail))
        .map(({ rule, detail }) => `${handler} breaks the rule ${rule}: ${detail}`),
    ),
    ...describeSchemas(schemas, rendered),
  ]
}

/** Why a patch fails, without its name. */
export function failureOf({ name, message = '' }: RenderedPatch): string {
  return message.replace(`patch "${name}": `, '')
}

/** Objects as a management cluster has them: each once, and Cluster and ClusterClass with a namespace. */
function storedObjects(own: readonly JsonObject[], others: readonly JsonObject[]): StoredObject[] {
  const stored = new Map<string, StoredObject>()
  const named = own.map((object) =>
    withValue(object, ['metadata', 'namespace'], namespaceOf(object)),
  )
  for (const object of [...others, ...named]) {
    const { apiVersion, kind } = object
    const { managedFields: _, ...metadata } = objectAt(object, ['metadata']) ?? {}
    stored.set([kind, at(metadata, 'namespace'), at(metadata, 'name')].join(' '), {
      ...object,
      ...{ apiVersion: String(apiVersion), kind: String(kind) },
      metadata: { ...metadata, name: String(at(metadata, 'name')) },
    })
  }
  return [...stored.values()]
}
