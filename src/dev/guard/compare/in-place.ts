import type { JsonObject } from '../../../json/json.ts'
import { at } from '../../../json/path.ts'
import { listPaths } from '../../../rules/apply-patch.ts'
import { checkCanUpdate } from '../../../rules/in-place.ts'
import { type Effect, effectOn } from '../result.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import type { Compare } from './compare.ts'
import { decisionOf } from './decision.ts'

const deploymentLabel = 'topology.cluster.x-k8s.io/deployment-name'

/** Compares two answers to CanUpdateMachine or CanUpdateMachineSet: is the Machine updated in place, or replaced? */
export const compareCanUpdate =
  (hook: string): Compare =>
  ({ request, before, after }) => {
    const effect = (more: Partial<Effect>) => [
      effectOn(clusterOfRequest(request), holderOfRequest(request), more),
    ]
    const [was, is] = [before, after].map((answer) => readAnswer(hook, request, answer))
    if (!was || !is) return effect({})
    if (is.mistake !== undefined)
      return effect({ verdict: 'error', reason: `Cluster API refuses the answer: ${is.mistake}` })
    if (was.isInPlace === is.isInPlace)
      return effect(was.text === is.text ? {} : { notes: [`${was.text} before, now ${is.text}`] })
    const machines = machinesOf(request)
    const reason = `${was.text} before, now ${is.text}`
    return effect({
      reason,
      verdict: is.isInPlace ? 'in place' : 'rolls out',
      ...(!is.isInPlace && machines !== undefined && { machines }),
    })
  }

function readAnswer(hook: string, request: JsonObject, answer: JsonObject) {
  const { kind, text } = decisionOf(answer)
  if (kind === 'fails') return { isInPlace: false, text }
  const { leftOver, findings } = checkCanUpdate(hook, request, answer)
  const mistake = findings.find(({ rule }) => rule !== 'patch-dropped')?.detail
  if (leftOver.length === 0) return { isInPlace: true, text: 'updated in place', mistake }
  return { isInPlace: false, text: `replaced for ${listPaths(leftOver)}`, mistake }
}

function machinesOf(request: JsonObject): number | undefined {
  if (at(request, 'current', 'machine') !== undefined) return 1
  const replicas = at(request, 'current', 'machineSet', 'spec', 'replicas')
  return typeof replicas === 'number' ? replicas : undefined
}

function holderOfRequest(request: JsonObject): string {
  const machineSet = at(request, 'current', 'machineSet', 'metadata')
  if (machineSet === undefined) return 'control plane'
  const deployment = at(machineSet, 'labels', deploymentLabel)
  return deployment === undefined
    ? `MachineSet ${at(machineSet, 'name')}`
    : `MachineDeployment ${deployment}`
}
