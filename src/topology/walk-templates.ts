import { setImmediate } from 'node:timers/promises'
import type { Patch, PatchType } from '../contract/common.ts'
import type { RequestOf } from '../contract/contract.ts'
import { encodePatch } from '../contract/encode-patch.ts'
import type { GeneratePatches } from '../contract/topology.ts'
import type { Call } from '../handler/context.ts'
import type { Failure } from '../handler/reply.ts'
import { clone } from '../json/clone.ts'
import { diff } from '../json/diff.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { mergeDiff } from '../json/merge.ts'
import type { Log } from '../observability/log.ts'
import { refuseDroppedChange } from './dropped-change.ts'
import { matchesResources } from './match-resources.ts'
import type { TemplatePatch } from './template-patch.ts'
import { variableReader } from './template-variables.ts'
import { type PatchOfVersion, reportUnmatchedPatches } from './unmatched-patches.ts'
import { VariableError, type Variables } from './variables.ts'

/** How templates are walked. */
export interface WalkOptions<Values> {
  /** The variables that patch functions read, typed. */
  variables: Variables<Values>
  /**
   * What a template that neither a patch nor `knownTypes` names is: nothing to do (`skip`, unless
   * given) or a Failure.
   */
  unknownTypes?: 'skip' | 'fail'
  /** Kinds by apiVersion that need no patch and are no Failure. */
  knownTypes?: Readonly<Record<string, readonly string[]>>
  /** How patches are written; JSONPatch unless given. JSONMergePatch cannot set null. */
  patchType?: PatchType
}

// A few milliseconds of work. Then other calls, and the deadline of this one, get their turn.
const itemsInOneGo = 200

type Request = RequestOf<typeof GeneratePatches>
type Item = NonNullable<Request['items']>[number]

/**
 * Answers GeneratePatches: gives each template to the patches that are for it, in their order, and
 * answers with what they changed. A template without a change has no patch.
 *
 * The answer is a Failure when a patch function returns one, a variable does not fit its schema, or
 * a type is unknown and must not be. Of several, the first by message counts: the request's order
 * is random. Rejects, as a bug of a patch, when the controller would drop a change in silence, and
 * with the reason of the call's signal when that ends first. Says once in a process of each patch
 * that it has matched no template so far.
 */
export async function walkTemplates<Values>(
  call: Call<Request>,
  options: WalkOptions<Values>,
  patches: readonly TemplatePatch<NoInfer<Values>>[],
): Promise<{ items: ({ uid: string } & Patch)[] } | Failure> {
  const readVariables = variableReader(call.request.variables, options.variables)
  const items: ({ uid: string } & Patch)[] = []
  const failures: string[] = []
  const ofVersions = patches.flatMap((patch) =>
    patch.type.apiVersions.map((apiVersion) => ({ ...patch, apiVersion })),
  )
  const matched = new Set<PatchOfVersion>()
  for (const [index, item] of (call.request.items ?? []).entries()) {
    if (index % itemsInOneGo === itemsInOneGo - 1) {
      await setImmediate()
      call.signal.throwIfAborted()
    }
    const result = await patchItem(item, call.log, options, ofVersions, readVariables, matched)
    if (typeof result === 'string') failures.push(result)
    else if (result) items.push({ uid: item.uid, ...result })
  }
  const [message] = failures.sort()
  if (message !== undefined) return { status: 'Failure', message }
  const isServed = (object: Item['object']) =>
    isKnown(object, options) || ofVersions.some((patch) => isOfVersion(object, patch))
  reportUnmatchedPatches(call.request.items ?? [], ofVersions, matched, isServed, call.log)
  return { items }
}

/** The patch of one template, undefined when there is nothing to do, or why it failed. */
async function patchItem<Values>(
  item: Item,
  log: Log,
  options: WalkOptions<Values>,
  patches: readonly (TemplatePatch<Values> & PatchOfVersion)[],
  readVariables: ReturnType<typeof variableReader<Values>>,
  matched: Set<PatchOfVersion>,
): Promise<Patch | string | undefined> {
  const { holderReference, object } = item
  const ofType = patches.filter((patch) => isOfVersion(object, patch))
  if (ofType.length === 0)
    return options.unknownTypes === 'fail' && !isKnown(object, options)
      ? `${describe(item)}: this extension knows no such type`
      : undefined
  try {
    const known = readVariables(item.variables)
    const matching = ofType.filter(
      ({ matchResources }) =>
        !matchResources || matchesResources(matchResources, holderReference, known.builtin),
    )
    if (matching.length === 0) return undefined
    const template = clone(object)
    const patchCall = {
      template,
      holderReference,
      variables: known.variables,
      get builtin() {
        return known.builtin
      },
      get values() {
        return known.values
      },
      get log() {
        const { apiVersion, kind } = object
        return log.child({ template: { apiVersion, kind }, holder: holderReference })
      },
    }
    for (const one of matching) {
      matched.add(one)
      const result = one.patch(patchCall)
      const failure = result instanceof Promise ? await result : result
      if (failure !== undefined) return messageOf(failure)
    }
    return await makePatch(item, template, options.patchType)
  } catch (error) {
    if (error instanceof VariableError) return error.message
    throw new Error(`${describe(item)}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}

/** The message of a Failure. Anything else came past the compiler, and must not pass for a yes. */
function messageOf(failure: unknown): string {
  const { status, message } = isObject(failure) ? failure : {}
  if (status === 'Failure' && typeof message === 'string' && message !== '') return message
  throw new Error("a patch function returns nothing or { status: 'Failure', message }")
}

async function makePatch(
  { object, holderReference }: Item,
  template: JsonObject,
  patchType: PatchType = 'JSONPatch',
): Promise<Patch | undefined> {
  const operations = diff(object, template)
  refuseDroppedChange(object, template, operations, holderReference)
  const document = patchType === 'JSONPatch' ? operations : mergeDiff(object, template)
  const patch = encodePatch(patchType, document)
  if (patch && process.env['NODE_ENV'] !== 'production') {
    const { checkPatch } = await import('./check-patch.ts')
    checkPatch(patch, object, template)
  }
  return patch
}

function isKnown(object: Item['object'], { knownTypes = {} }: WalkOptions<unknown>): boolean {
  return Object.entries(knownTypes).some(([apiVersion, kinds]) =>
    kinds.some((kind) => isOf(object, apiVersion, kind)),
  )
}

function isOfVersion(object: Item['object'], { apiVersion, type }: PatchOfVersion): boolean {
  return isOf(object, apiVersion, type.kind)
}

function isOf(object: Item['object'], apiVersion: string, kind: string): boolean {
  return object['kind'] === kind && object['apiVersion'] === apiVersion
}

function describe({ object, holderReference: { kind, namespace, name, fieldPath } }: Item): string {
  return `${object['kind']} ${object['apiVersion']} of ${kind} ${namespace}/${name} (${fieldPath})`
}
