import type { JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import { askExtension } from './ask-extension.ts'
import { canUpdateMachineRequest, type DesiredControlPlane } from './can-update-machine.ts'
import { controlPlaneMachines, isInitMachine } from './control-plane-machines.ts'
import { rules } from './rules.ts'
import type { Stored } from './stored.ts'
import { countControlPlane } from './surge.ts'
import type { Effect, Knowledge, Refinement } from './verdict.ts'

// A Machine with one of these is deleted (UpToDate in controlplane/kubeadm/pkg/filters.go).
const marks = ['cluster.x-k8s.io/delete-machine', 'cluster.x-k8s.io/remediate-machine']

/** What stored objects tell of a control plane of kubeadm that rolls out. */
export async function refineControlPlane(
  template: ItemOfRequest | undefined,
  rolls: NonNullable<Effect['rolls']>,
  desired: DesiredControlPlane,
  stored: Stored,
  canUpdate: Knowledge['canUpdate'],
): Promise<Refinement> {
  const machines = controlPlaneMachines(stored)
  if (machines.length === 0) return canUpdate ? { needs: 'the Machines of the control plane' } : {}
  const all = rolls.init && rolls.join
  const rolling = machines.filter(
    (machine) => all || (isInitMachine(machine, stored) ? rolls.init : rolls.join),
  )
  const count = { machines: rolling.length }
  if (!canUpdate) return count
  const areUpdatable: boolean[] = []
  for (const machine of rolling) {
    const can = await canUpdateMachine(machine, desired, stored, canUpdate)
    if (typeof can === 'object') return { ...count, ...can }
    areUpdatable.push(can)
  }
  const upToDate = machines.length - rolling.length
  const counts = countControlPlane(areUpdatable, upToDate, maxSurgeOf(template))
  return {
    ...counts,
    ...count,
    rules: [rules.machineInPlace],
    ...(counts.replaced === 0 && { verdict: 'in place' }),
  }
}

async function canUpdateMachine(
  machine: JsonObject,
  desired: DesiredControlPlane,
  stored: Stored,
  canUpdate: NonNullable<Knowledge['canUpdate']>,
) {
  const annotations = Object(at(machine, 'metadata', 'annotations'))
  if (marks.some((mark) => mark in annotations)) return false
  const made = canUpdateMachineRequest(machine, desired, stored)
  if (made === undefined) return false
  if ('missing' in made) return { needs: made.missing }
  return askExtension('CanUpdateMachine', made.request, canUpdate)
}

// The webhook of KubeadmControlPlane sets 1; the second one is of v1beta1.
function maxSurgeOf(template: ItemOfRequest | undefined): number {
  const spec = at(template?.object, 'spec', 'template', 'spec')
  const maxSurge =
    at(spec, 'rollout', 'strategy', 'rollingUpdate', 'maxSurge') ??
    at(spec, 'rolloutStrategy', 'rollingUpdate', 'maxSurge')
  return Number(maxSurge ?? 1)
}
