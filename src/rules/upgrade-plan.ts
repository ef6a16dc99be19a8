import type { SemVer } from 'semver'
import { type Finding, finding } from './table.ts'
import { compareVersions, parseVersion } from './versions.ts'

/** Versions such as `v1.36.4` through which control plane and workers go. */
export interface AnsweredPlan {
  readonly controlPlaneUpgrades: readonly string[]
  /** Empty when the controller is to compute it. */
  readonly workersUpgrades: readonly string[]
}

/** Where a Cluster stands and where it is to go. */
export interface UpgradeState {
  readonly target: string
  readonly controlPlane: string
  /** The lowest version of the workers; undefined when there are none. */
  readonly workers: string | undefined
}

/** A plan with the workers' steps that the controller computes, or the first rule that it breaks. */
export type CheckedPlan = AnsweredPlan & { readonly finding?: Finding }

interface Step {
  readonly text: string
  readonly version: SemVer
}

const skew = 3

/** Checks and completes a plan as DefaultAndValidateUpgradePlans does (exp/topology/desiredstate). */
export function findPlanMistakes(state: UpgradeState, plan: AnsweredPlan): CheckedPlan {
  const texts = [state.target, state.controlPlane, ...(state.workers ? [state.workers] : [])]
  const all = [...texts, ...plan.controlPlaneUpgrades, ...plan.workersUpgrades]
  const bad = all.find((text) => parseVersion(text) === undefined)
  if (bad !== undefined)
    return { ...plan, finding: finding('plan-version', `"${bad}" is no version`) }

  const [target, controlPlane, ...workers] = texts.flatMap(parse)
  if (target === undefined || controlPlane === undefined) return plan
  const controlPlaneSteps = plan.controlPlaneUpgrades.flatMap(parse)
  const found = checkControlPlane(controlPlane, target, controlPlaneSteps)
  if (found !== undefined) return { ...plan, finding: found }

  const known = [controlPlane, ...controlPlaneSteps]
  const given = plan.workersUpgrades.flatMap(parse)
  const steps = given.length > 0 ? given : computeWorkers(workers[0], target, known)
  const foundOfWorkers = checkWorkers(workers[0], target, steps, known)
  if (foundOfWorkers !== undefined) return { ...plan, finding: foundOfWorkers }
  return { ...plan, workersUpgrades: steps.map(({ text }) => text) }
}

function parse(text: string): Step[] {
  const version = parseVersion(text)
  return version === undefined ? [] : [{ text, version }]
}

function same(left: Step, right: Step): boolean {
  return compareVersions(left.version, right.version) === 0
}

function checkControlPlane(from: Step, target: Step, steps: readonly Step[]): Finding | undefined {
  if (same(from, target))
    return steps.length > 0
      ? finding('plan-not-needed', `the control plane is at ${target.text} already`)
      : undefined
  let current = from
  for (const step of steps) {
    const order = compareVersions(step.version, current.version)
    if (order !== 'unordered' && order <= 0)
      return finding('plan-order', `${step.text} is not above ${current.text}`)
    if (![0, 1].includes(step.version.minor - current.version.minor))
      return finding('plan-skips-minor', `${current.text} to ${step.text} leaves a minor out`)
    current = step
  }
  if (!same(current, target))
    return finding('plan-end', `the plan ends at ${current.text}, not at ${target.text}`)
  return undefined
}

function checkWorkers(
  from: Step | undefined,
  target: Step,
  steps: readonly Step[],
  known: readonly Step[],
): Finding | undefined {
  if (from === undefined || same(from, target)) {
    if (steps.length === 0) return undefined
    const reason =
      from === undefined ? 'there are no workers' : `workers are at ${target.text} already`
    return finding('workers-plan-not-needed', reason)
  }
  const position = (step: Step) => known.findIndex(({ text }) => text === step.text)
  const foreign = steps.find((step) => position(step) < 0)
  // Without steps of the control plane the controller does not compare: the end has to be right.
  if (foreign !== undefined && known.length > 1) {
    const names = known.map(({ text }) => text).join(', ')
    return finding('workers-plan-foreign', `${foreign.text} is not among ${names}`)
  }
  let current = from
  for (const step of steps) {
    const order = compareVersions(step.version, current.version)
    if (order === 'unordered' && (position(current) < 0 || position(step) < position(current)))
      return finding('workers-plan-build-order', `${step.text} comes after ${current.text}`)
    if (order !== 'unordered' && order <= 0)
      return finding('workers-plan-order', `${step.text} is not above ${current.text}`)
    if (step.version.minor - current.version.minor > skew)
      return finding('workers-plan-skew', `${current.text} to ${step.text} is over ${skew} minors`)
    current = step
  }
  if (!same(current, target))
    return finding('workers-plan-end', `the plan ends at ${current.text}, not at ${target.text}`)
  return undefined
}

/** As few steps as the skew between control plane and workers allows. */
function computeWorkers(from: Step | undefined, target: Step, known: readonly Step[]): Step[] {
  if (from === undefined || same(from, target)) return []
  const byMinor = new Map(known.map((step) => [step.version.minor, step]))
  const steps: Step[] = []
  for (let minor = from.version.minor + skew; minor < target.version.minor; minor += skew)
    steps.push(byMinor.get(minor) ?? target)
  return steps.at(-1)?.text === target.text ? steps : [...steps, target]
}
