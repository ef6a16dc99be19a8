import type { RequestOf } from '../contract/contract.ts'
import type { GeneratePatches } from '../contract/topology.ts'
import { objectAt } from '../json.ts'
import type { Log } from '../log.ts'
import type { TemplatePatch } from './template-patch.ts'
import { byName } from './variable-values.ts'

type Item = NonNullable<RequestOf<typeof GeneratePatches>['items']>[number]
type Patch = Pick<TemplatePatch<never>, 'type' | 'matchResources'>

// Descriptions of the patches that have matched in this process, or of which it was said.
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
  patches: readonly Patch[],
  matched: ReadonlySet<Patch>,
  isServed: (object: Item['object']) => boolean,
  log: Log,
): void {
  for (const patch of matched) settled.add(describePatch(patch))
  for (const patch of patches) {
    const description = describePatch(patch)
    if (settled.has(description) || items.length === 0) continue
    settled.add(description)
    const nearest = items.reduce((best, item) =>
      distance(patch, item) < distance(patch, best) ? item : best,
    )
    const message = `The patch for ${description} has matched no template so far. Nearest is ${describeItem(nearest)}.`
    if (!isLikelyMistake(patch, nearest, isServed)) log.info(message)
    else if (process.env['NODE_ENV'] === 'production') log.warn(message)
    else console.warn(message)
  }
}

function describePatch({ type: { apiVersion, kind }, matchResources }: Patch): string {
  const selector = matchResources ? ` with matchResources ${JSON.stringify(matchResources)}` : ''
  return `${kind} ${apiVersion}${selector}`
}

function describeItem({ object, holderReference: { kind, name }, variables }: Item): string {
  const key = kind === 'MachinePool' ? 'machinePool' : 'machineDeployment'
  const className = objectAt(byName(variables), ['builtin', key])?.['class']
  const ofClass = typeof className === 'string' ? ` of class ${className}` : ''
  return `${object['kind']} ${object['apiVersion']} of ${kind} ${name}${ofClass}`
}

function isLikelyMistake(
  patch: Patch,
  nearest: Item,
  isServed: (object: Item['object']) => boolean,
): boolean {
  const { kind, apiVersion } = typeOf(nearest)
  if (kind !== patch.type.kind) return difference(kind, patch.type.kind) <= 2
  if (apiVersion === patch.type.apiVersion) return namesClassOf(patch, nearest)
  // An extension usually has a patch for each version that Clusters may use.
  return !isServed(nearest.object) || groupOf(apiVersion) !== groupOf(patch.type.apiVersion)
}

function namesClassOf(
  { matchResources = {} }: Patch,
  { holderReference: { kind } }: Item,
): boolean {
  const { machineDeploymentClass, machinePoolClass } = matchResources
  if (kind === 'MachineDeployment') return machineDeploymentClass !== undefined
  return kind === 'MachinePool' && machinePoolClass !== undefined
}

function distance(patch: Patch, item: Item): number {
  const { kind, apiVersion } = typeOf(item)
  const ofType = difference(kind, patch.type.kind) + difference(apiVersion, patch.type.apiVersion)
  return ofType + (namesClassOf(patch, item) ? 0 : 0.5)
}

function typeOf({ object }: Item): { kind: string; apiVersion: string } {
  return { kind: String(object['kind']), apiVersion: String(object['apiVersion']) }
}

function groupOf(apiVersion: string): string | undefined {
  return apiVersion.split('/')[0]
}

/** How long the part is in which two texts differ, whatever the case of their letters. */
function difference(left: string, right: string): number {
  const [one, other] = [left.toLowerCase(), right.toLowerCase()]
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start++
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++
  return Math.max(one.length, other.length) - start - end
}
