import type { JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { askExtension } from './ask-extension.ts'
import { type ChangedTemplate, canUpdateMachineSetRequest } from './can-update-machine-set.ts'
import { rules } from './rules.ts'
import { isPaused, labelOf, nameOf, type Stored } from './stored.ts'
import { countMachineSet } from './surge.ts'
import type { Knowledge, Refinement } from './verdict.ts'

const deploymentName = 'cluster.x-k8s.io/deployment-name'

/** What stored objects tell of a MachineDeployment that rolls out. */
export async function refineMachineDeployment(
  topologyName: unknown,
  templates: readonly ChangedTemplate[],
  version: unknown,
  stored: Stored,
  canUpdate: Knowledge['canUpdate'],
): Promise<Refinement> {
  const deployment = stored
    .list('MachineDeployment')
    .find((one) => labelOf(one, 'topology.cluster.x-k8s.io/deployment-name') === topologyName)
  if (!deployment) return canUpdate ? { needs: `the MachineDeployment of ${topologyName}` } : {}
  const isOfDeployment = (one: JsonObject) => labelOf(one, deploymentName) === nameOf(deployment)
  const machines = stored.list('Machine').filter(isOfDeployment).length
  const replicas = Number(at(deployment, 'spec', 'replicas') ?? 0)
  const count = { machines: machines > 0 ? machines : replicas }
  // The last one is of v1beta1.
  const strategy =
    at(deployment, 'spec', 'rollout', 'strategy') ?? at(deployment, 'spec', 'strategy')
  if (at(strategy, 'type') === 'OnDelete') return { verdict: 'in place', rules: [rules.onDelete] }
  if (count.machines === 0) return count
  const paused = isPaused(deployment) ? { rules: [rules.paused] } : {}
  if (!canUpdate) return { ...count, ...paused }

  const machineSets = stored
    .list('MachineSet')
    .filter((one) => isOfDeployment(one) && Number(at(one, 'spec', 'replicas') ?? 0) > 0)
  if (machineSets.length === 0)
    return { ...count, ...paused, needs: `the MachineSet of ${nameOf(deployment)}` }
  let updatable = 0
  for (const machineSet of machineSets) {
    const made = canUpdateMachineSetRequest(machineSet, templates, version, stored)
    if ('missing' in made) return { ...count, ...paused, needs: made.missing }
    const can = await askExtension('CanUpdateMachineSet', made.request, canUpdate)
    if (typeof can === 'object') return { ...count, ...paused, ...can }
    if (can) updatable++
  }
  const { maxSurge, maxUnavailable } = Object(at(strategy, 'rollingUpdate'))
  if (updatable > 0 && updatable < machineSets.length)
    return { ...count, ...paused, needs: 'one MachineSet with Machines: a rollout is under way' }
  const counts =
    updatable > 0
      ? countMachineSet(count.machines, { maxSurge, maxUnavailable })
      : { inPlace: 0, replaced: count.machines }
  return {
    ...counts,
    ...count,
    rules: [rules.machineSetInPlace, ...(paused.rules ?? [])],
    ...(counts.replaced === 0 && { verdict: 'in place' }),
  }
}
