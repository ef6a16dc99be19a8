import type { RequestOf } from '../contract/contract.ts'
import type { GeneratePatches } from '../contract/topology.ts'
import { objectAt } from '../json/json.ts'
import { editDistance } from '../messages/edit-distance.ts'
import type { Log } from '../observability/log.ts'
import type { TemplatePatch } from './template-patch.ts'
import { byName } from './variable-values.ts'

type Item = NonNullable<RequestOf<typeof GeneratePatches>['items']>[number]
/** A patch and one of the versions that it is for. */
export type PatchOfVersion = Pick<TemplatePatch<never>, 'type' | 'matchResources'> & {
  readonly apiVersion: string
}

// Descriptions of the patches that have matched in this process, or were reported.
const settled = new Set<string>()

/**
 * Says of each patch that matched nothing, in this call and all before it, which template came
 * nearest; once in a process. A patch may well be for what a Cluster does not have: only what looks
 * like a mistake is a warning. In development that goes to standard error, since tests and the demo
 * show no log.
 *
 * @param isServed Whether a patch is for the type of a template, or the author knows that none is.
 */
export function reportUnmatchedPatches(
  items: readonly Item[],
  patches: readonly PatchOfVersion[],
  matched: ReadonlySet<PatchOfVersion>,
  isServed: (object: Item['object']) => boolean,
  log: Log,
): void {
  for (const patch of matched) settled.add(describePatch(patch))
  const described = new Map(patches.map((patch) => [describePatch(patch), patch]))
  const unsettled = [...described].filter(([description]) => !settled.has(description))
  if (unsettled.length === 0) return
  // One of a kind: a Cluster may have thousands of templates.
  const different = [...new Map(items.map((item) => [kindOfItem(item), item])).values()]
  for (const [description, patch] of unsettled) {
    const nearest = nearestTo(patch, different)
    if (!nearest) continue
    settled.add(description)
    const message = `The patch for ${description} has matched no template so far. Nearest is ${describeItem(nearest)}.`
    if (!isLikelyMistake(patch, nearest, different, isServed)) log.info(message)
    else if (process.env['NODE_ENV'] === 'production') log.warn(message)
    else console.warn(message)
  }
}

function describePatch({ apiVersion, type, matchResources }: PatchOfVersion): string {
  const selector = matchResources ? ` with matchResources ${JSON.stringify(matchResources)}` : ''
  return `${type.kind} ${apiVersion}${selector}`
}

function kindOfItem(item: Item): string {
  const { kind, apiVersion } = typeOf(item)
  return [kind, apiVersion, item.holderReference.kind, classOf(item)].join(' ')
}

function describeItem(item: Item): string {
  const { object, holderReference } = item
  const className = classOf(item)
  const ofClass = className === undefined ? '' : ` of class ${className}`
  return `${object['kind']} ${object['apiVersion']} of ${holderReference.kind} ${holderReference.name}${ofClass}`
}

function isLikelyMistake(
  patch: PatchOfVersion,
  nearest: Item,
  items: readonly Item[],
  isServed: (object: Item['object']) => boolean,
): boolean {
  const { type } = patch
  const { kind, apiVersion } = typeOf(nearest)
  if (kind !== type.kind)
    return (
      `${kind}Template` === type.kind ||
      kind === `${type.kind}Template` ||
      distance(kind, type.kind) <= 3
    )
  if (apiVersion === patch.apiVersion)
    return classesOf(patch).some((name) => items.some((item) => isMisspelt(name, classOf(item))))
  const [group] = apiVersion.split('/')
  const [ownGroup, version = ''] = patch.apiVersion.split('/')
  // An extension usually has a patch for each version that Clusters may use.
  return !isServed(nearest.object) || group !== ownGroup || !isVersion.test(version)
}

const isVersion = /^v[1-9]\d*((alpha|beta)[1-9]\d*)?$/

function nearestTo(patch: PatchOfVersion, items: readonly Item[]): Item | undefined {
  const distanceTo = (item: Item) => {
    const { kind, apiVersion } = typeOf(item)
    const hasClass = classesOf(patch).length > 0 && classOf(item) !== undefined
    const ofType = distance(kind, patch.type.kind) + distance(apiVersion, patch.apiVersion)
    return ofType + (hasClass ? 0 : 0.5)
  }
  return items
    .map((item) => ({ item, distance: distanceTo(item) }))
    .sort((left, right) => left.distance - right.distance)[0]?.item
}

function classesOf({ matchResources = {} }: PatchOfVersion): readonly string[] {
  const { machineDeploymentClass, machinePoolClass } = matchResources
  return [...(machineDeploymentClass?.names ?? []), ...(machinePoolClass?.names ?? [])]
}

function classOf({ holderReference: { kind }, variables }: Item): string | undefined {
  const key = new Map([
    ['MachineDeployment', 'machineDeployment'],
    ['MachinePool', 'machinePool'],
  ]).get(kind)
  const className = key && objectAt(byName(variables), ['builtin', key])?.['class']
  return typeof className === 'string' ? className : undefined
}

/** Whether letters were swapped or lost. Names such as worker-a and worker-b are different names. */
function isMisspelt(name: string, other: string | undefined): boolean {
  if (other === undefined || distance(name, other) > 2) return false
  const letters = (text: string) => [...text].sort().join('')
  return letters(name) === letters(other) || (name.length !== other.length && !/\d/.test(name))
}

const distance = (left: string, right: string) =>
  editDistance(left.toLowerCase(), right.toLowerCase())

function typeOf({ object }: Item): { kind: string; apiVersion: string } {
  return { kind: String(object['kind']), apiVersion: String(object['apiVersion']) }
}
