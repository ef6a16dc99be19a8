import { setImmediate } from 'node:timers/promises'
import type { Variable } from '../contract/topology.ts'
import type { Call } from '../handler/context.ts'
import { matchesResources } from './match-resources.ts'
import type { TemplateItem } from './template-call.ts'
import { type FunctionSelector, messageOf } from './template-function.ts'
import { type TemplateVariables, variableReader } from './template-variables.ts'
import { reportUnmatched, type SelectorOfVersion } from './unmatched.ts'
import type { Variables } from './variables.ts'

/**
 * How the templates of a request are walked.
 *
 * @example
 * ```ts
 * const options: WalkOptions<Values> = {
 *   variables,
 *   unknownTypes: 'fail',
 *   knownTypes: { 'infrastructure.cluster.x-k8s.io/v1beta2': ['AWSClusterTemplate'] },
 * }
 * ```
 */
export interface WalkOptions<Values> {
  /** The variables that the functions read, typed. */
  variables: Variables<Values>
  /**
   * What a template is that neither a function nor `knownTypes` is for: nothing to do (`skip`, unless
   * given) or a Failure. One in another version of a type that a function is for is always a Failure.
   */
  unknownTypes?: 'skip' | 'fail'
  /** Kinds by apiVersion that need no function and are no Failure. */
  knownTypes?: Readonly<Record<string, readonly string[]>>
}

/** The part of a handler's call that a walk uses. */
export type WalkCall<Item extends TemplateItem> = Pick<
  Call<{
    items: readonly Item[] | null
    variables?: readonly Variable[] | null | undefined
  }>,
  'request' | 'log' | 'signal'
>

// A few milliseconds of work. Then other calls, and the deadline of this one, get their turn.
const itemsInOneGo = 200

/**
 * Finds for each template of a request, in the request's order, the selectors that are for it, and
 * visits those with any. A Failure of a visit, a variable that does not fit, and an unknown type do
 * not end the walk.
 *
 * @param visit Gives the message of a Failure, or undefined.
 * @returns All messages.
 */
export async function walk<Item extends TemplateItem, Values, Selector extends FunctionSelector>(
  { request, log, signal }: WalkCall<Item>,
  options: WalkOptions<Values>,
  noun: 'patch' | 'check',
  selectors: readonly Selector[],
  visit: (
    item: Item,
    selectors: readonly Selector[],
    known: TemplateVariables<Values>,
  ) => Promise<string | undefined>,
): Promise<string[]> {
  const items = request.items ?? []
  const readVariables = variableReader(request.variables, options.variables)
  const ofVersions = selectors.flatMap((selector) =>
    selector.type.apiVersions.map((apiVersion) => ({ ...selector, apiVersion })),
  )
  const matched = new Set<SelectorOfVersion>()
  const isServed = (item: TemplateItem) =>
    isKnown(item, options) || ofVersions.some((selector) => isOfVersion(item, selector))

  const walkItem = async (item: Item): Promise<string | undefined> => {
    const ofType = ofVersions.filter((selector) => isOfVersion(item, selector))
    if (ofType.length === 0) {
      if (isKnown(item, options)) return undefined
      const others = ofVersions.filter((selector) => isOtherVersion(item, selector))
      // A new version of a type must not switch patches and checks off in silence.
      if (others.length > 0) {
        const versions = [...new Set(others.map(({ apiVersion }) => apiVersion))].join(', ')
        return `${describe(item)}: this extension has a ${noun} for ${versions} alone, add this version to it or to knownTypes`
      }
      return options.unknownTypes === 'fail'
        ? `${describe(item)}: this extension knows no such type`
        : undefined
    }
    try {
      const known = readVariables(item.variables)
      const matching = ofType.filter(
        ({ matchResources }) =>
          !matchResources || matchesResources(matchResources, item.holderReference, known.builtin),
      )
      if (matching.length === 0) return undefined
      for (const selector of matching) matched.add(selector)
      // A variable that does not fit is a Failure, whether a function reads it or not.
      void known.variables
      return await visit(item, matching, known)
    } catch (error) {
      return messageOf(error, describe(item))
    }
  }

  const failures: string[] = []
  for (const [index, item] of items.entries()) {
    if (index % itemsInOneGo === itemsInOneGo - 1) {
      await setImmediate()
      signal.throwIfAborted()
    }
    const failure = await walkItem(item)
    if (failure !== undefined) failures.push(failure)
  }
  reportUnmatched(noun, items, ofVersions, matched, isServed, log)
  return failures
}

function isKnown(item: TemplateItem, { knownTypes = {} }: WalkOptions<unknown>): boolean {
  return Object.entries(knownTypes).some(([apiVersion, kinds]) =>
    kinds.some((kind) => isOf(item, apiVersion, kind)),
  )
}

function isOfVersion(item: TemplateItem, { apiVersion, type }: SelectorOfVersion): boolean {
  return isOf(item, apiVersion, type.kind)
}

function isOtherVersion(
  { object }: TemplateItem,
  { apiVersion, type }: SelectorOfVersion,
): boolean {
  const groupOf = (text: unknown) => String(text).split('/')[0]
  return object['kind'] === type.kind && groupOf(object['apiVersion']) === groupOf(apiVersion)
}

function isOf({ object }: TemplateItem, apiVersion: string, kind: string): boolean {
  return object['kind'] === kind && object['apiVersion'] === apiVersion
}

function describe({ object, holderReference }: TemplateItem): string {
  const { kind, namespace, name, fieldPath } = holderReference
  return `${object['kind']} ${object['apiVersion']} of ${kind} ${namespace}/${name} (${fieldPath})`
}
