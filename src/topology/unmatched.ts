import { editDistance } from '../messages/edit-distance.ts'
import type { Log } from '../observability/log.ts'
import { holderOf } from './holder.ts'
import type { TemplateItem } from './template-call.ts'
import type { FunctionSelector } from './template-function.ts'

/** The templates that a function is for, in one of the versions of their type. */
export interface SelectorOfVersion extends FunctionSelector {
  readonly apiVersion: string
}

// Descriptions of the functions that have matched in this process, or were reported.
const settled = new Set<string>()

/**
 * Says of each patch or check that matched nothing, in this call and all before it, which template
 * came nearest; once in a process. It may well be for what a Cluster does not have: only what looks
 * like a mistake is a warning. In development that goes to standard error, since tests and the demo
 * show no log.
 *
 * @param isServed Whether a function is for the type of a template, or the author knows that none is.
 */
export function reportUnmatched(
  noun: 'patch' | 'check',
  items: readonly TemplateItem[],
  selectors: readonly SelectorOfVersion[],
  matched: ReadonlySet<SelectorOfVersion>,
  isServed: (item: TemplateItem) => boolean,
  log: Log,
): void {
  const describe = (selector: SelectorOfVersion) => `${noun} for ${describeSelector(selector)}`
  for (const selector of matched) settled.add(describe(selector))
  const described = new Map(selectors.map((selector) => [describe(selector), selector]))
  const unsettled = [...described].filter(([description]) => !settled.has(description))
  if (unsettled.length === 0) return
  // One of a kind: a Cluster may have thousands of templates.
  const different = [...new Map(items.map((item) => [kindOfItem(item), item])).values()]
  for (const [description, selector] of unsettled) {
    const nearest = nearestTo(selector, different)
    if (!nearest) continue
    const isMistake = isLikelyMistake(selector, nearest, different, isServed)
    // A Cluster uses one version of a type.
    const isOther = selector.type.apiVersions.some((apiVersion) =>
      settled.has(describe({ ...selector, apiVersion })),
    )
    settled.add(description)
    if (isOther && !isMistake) continue
    const message = `The ${description} has matched no template so far. Nearest is ${describeItem(nearest)}.`
    if (!isMistake) log.info(message)
    else if (process.env['NODE_ENV'] === 'production') log.warn(message)
    else console.warn(message)
  }
}

function describeSelector({ apiVersion, type, matchResources }: SelectorOfVersion): string {
  const ofSome = matchResources ? ` with matchResources ${JSON.stringify(matchResources)}` : ''
  return `${type.kind} ${apiVersion}${ofSome}`
}

function kindOfItem(item: TemplateItem): string {
  const { kind, apiVersion } = typeOf(item)
  return [kind, apiVersion, item.holderReference.kind, classOf(item)].join(' ')
}

function describeItem(item: TemplateItem): string {
  const { object, holderReference } = item
  const className = classOf(item)
  const ofClass = className === undefined ? '' : ` of class ${className}`
  return `${object['kind']} ${object['apiVersion']} of ${holderReference.kind} ${holderReference.name}${ofClass}`
}

function isLikelyMistake(
  selector: SelectorOfVersion,
  nearest: TemplateItem,
  items: readonly TemplateItem[],
  isServed: (item: TemplateItem) => boolean,
): boolean {
  const { type } = selector
  const { kind, apiVersion } = typeOf(nearest)
  if (kind !== type.kind)
    return (
      `${kind}Template` === type.kind ||
      kind === `${type.kind}Template` ||
      distance(kind, type.kind) <= 3
    )
  if (apiVersion === selector.apiVersion)
    return classesOf(selector).some((name) => items.some((item) => isMisspelt(name, classOf(item))))
  const [group] = apiVersion.split('/')
  const [ownGroup, version = ''] = selector.apiVersion.split('/')
  // An extension usually has a function for each version that Clusters may use.
  return !isServed(nearest) || group !== ownGroup || !isVersion.test(version)
}

const isVersion = /^v[1-9]\d*((alpha|beta)[1-9]\d*)?$/

function nearestTo(
  selector: SelectorOfVersion,
  items: readonly TemplateItem[],
): TemplateItem | undefined {
  const distanceTo = (item: TemplateItem) => {
    const { kind, apiVersion } = typeOf(item)
    const hasClass = classesOf(selector).length > 0 && classOf(item) !== undefined
    const ofType = distance(kind, selector.type.kind) + distance(apiVersion, selector.apiVersion)
    return ofType + (hasClass ? 0 : 0.5)
  }
  return items
    .map((item) => ({ item, distance: distanceTo(item) }))
    .sort((left, right) => left.distance - right.distance)[0]?.item
}

function classesOf({ matchResources = {} }: SelectorOfVersion): readonly string[] {
  const { machineDeploymentClass, machinePoolClass } = matchResources
  return [...(machineDeploymentClass?.names ?? []), ...(machinePoolClass?.names ?? [])]
}

const classOf = (item: TemplateItem) => holderOf(item).class

/** Whether letters were swapped or lost. Names such as worker-a and worker-b are different names. */
function isMisspelt(name: string, other: string | undefined): boolean {
  if (other === undefined || distance(name, other) > 2) return false
  const letters = (text: string) => [...text].sort().join('')
  return letters(name) === letters(other) || (name.length !== other.length && !/\d/.test(name))
}

const distance = (left: string, right: string) =>
  editDistance(left.toLowerCase(), right.toLowerCase())

function typeOf({ object }: TemplateItem): { kind: string; apiVersion: string } {
  return { kind: String(object['kind']), apiVersion: String(object['apiVersion']) }
}
