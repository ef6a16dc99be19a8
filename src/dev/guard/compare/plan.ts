import { canonicalJSON, isObject, type JsonObject } from '../../../json/json.ts'
import { type CheckedPlan, findPlanMistakes } from '../../../rules/upgrade-plan.ts'
import { type Effect, effectOn } from '../result.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import type { Compare } from './compare.ts'
import { compareDecisions, decisionOf } from './decision.ts'

const hook = 'GenerateUpgradePlan'

/** Compares two plans as the controller completes them. */
export const comparePlans: Compare = (pair) => {
  const { request, before, after } = pair
  const effect = (more: Partial<Effect>) => [effectOn(clusterOfRequest(request), hook, more)]
  if ([before, after].some((answer) => decisionOf(answer).kind !== 'goes on'))
    return compareDecisions(hook, pair)
  const [was, is] = [planOf(request, before), planOf(request, after)]
  if (is.finding) {
    if (was.finding?.detail === is.finding.detail) return effect({})
    const reason = `Cluster API refuses the plan now: ${is.finding.detail}`
    return effect({ verdict: 'decides otherwise', reason })
  }
  const [old, now] = [was, is].map(describePlan)
  if (was.finding === undefined && old === now) return effect({})
  return effect({ verdict: 'decides otherwise', reason: `plans ${now}, before ${old}` })
}

function planOf(request: JsonObject, answer: JsonObject): CheckedPlan {
  const versions = (field: string) => {
    const steps = answer[field]
    return (Array.isArray(steps) ? steps.filter(isObject) : []).map((step) =>
      String(step['version']),
    )
  }
  const workers = request['fromWorkersKubernetesVersion']
  return findPlanMistakes(
    {
      target: String(request['toKubernetesVersion']),
      controlPlane: String(request['fromControlPlaneKubernetesVersion']),
      workers: typeof workers === 'string' && workers !== '' ? workers : undefined,
    },
    {
      controlPlaneUpgrades: versions('controlPlaneUpgrades'),
      workersUpgrades: versions('workersUpgrades'),
    },
  )
}

function describePlan({ controlPlaneUpgrades, workersUpgrades }: CheckedPlan): string {
  const list = (versions: readonly string[]) => versions.join(', ') || 'nothing'
  return canonicalJSON(controlPlaneUpgrades) === canonicalJSON(workersUpgrades)
    ? list(controlPlaneUpgrades)
    : `${list(controlPlaneUpgrades)} (workers ${list(workersUpgrades)})`
}
