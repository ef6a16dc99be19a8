import { differences } from '../json/differences.ts'
import type { JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { type ItemOfRequest, partThatCounts } from '../rules/patches.ts'
import { changesOf } from './changes.ts'
import { rules } from './rules.ts'
import type { Stored } from './stored.ts'
import type { Change, Effect, Knowledge, Rule } from './verdict.ts'

/** What stored objects and definitions tell of a template. */
export interface KnownOfTemplate {
  /** The template of the Cluster that is there now. */
  readonly stored?: JsonObject | undefined
  readonly complete?: Knowledge['complete']
}

/**
 * What it means that a template of a provider is in another version now. Only the provider knows how one becomes the other:
 * it may write a value in another form, such as 1.5s for 1500ms. The API server compares what comes with what is stored.
 *
 * @param rule Why a new template makes new Machines.
 */
export function compareOtherVersion(
  changes: readonly Change[],
  after: ItemOfRequest,
  rule: Rule,
  { stored, complete }: KnownOfTemplate,
): Effect {
  const { object } = after
  const [kind, apiVersion] = [String(object['kind']), object['apiVersion']]
  const ofSpec = changes.filter(({ path }) => path.startsWith('spec.'))
  if (stored !== undefined && stored['apiVersion'] === apiVersion) {
    const wanted = partThatCounts(complete ? { ...after, object: complete(object) } : after)
    const [is, shall] = [stored['spec'], wanted['spec']].map((spec) => ({ spec }))
    if (differences(is, shall, '', 'absent').length === 0)
      return { verdict: 'in place', changes, rules: [rules.otherVersion] }
    const others = changes.filter((change) => !ofSpec.includes(change))
    return {
      verdict: 'rolls out',
      changes: [...others, ...changesOf({ ...is }, { ...shall }, kind)],
      rules: [rules.otherVersion, rules.templateRotates, rule],
    }
  }
  // An older version is converted on both sides.
  if (stored !== undefined && ofSpec.length === 0)
    return { verdict: 'in place', changes, rules: [rules.otherVersion] }
  const plural = `${kind.toLowerCase()}s`
  const needs =
    ofSpec.length > 0
      ? `both templates in one version, as kubectl get ${plural} gives them`
      : `the ${kind} of the Cluster as it is stored, as kubectl get ${plural} gives it (--objects)`
  return { verdict: 'could not tell', changes, rules: [rules.otherVersion], needs }
}

/** The stored template that the holder of an item refers to. */
export function storedTemplate(
  { holderReference: { kind, name, fieldPath } }: ItemOfRequest,
  stored: Stored | undefined,
): JsonObject | undefined {
  const holder = stored?.list(kind).find((object) => at(object, 'metadata', 'name') === name)
  return stored?.find(at(holder, ...fieldPath.split('.')))
}
