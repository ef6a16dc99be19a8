import type { ChangedTemplate } from './can-update-machine-set.ts'
import { refineControlPlane } from './control-plane.ts'
import { fieldsOf } from './holder-fields.ts'
import type { HolderItems } from './holders.ts'
import { configSpecOf } from './kubeadm-control-plane.ts'
import { refineMachineDeployment } from './machine-deployment.ts'
import { rules } from './rules.ts'
import { isPaused, type Stored } from './stored.ts'
import type { Effect, Knowledge, Refinement } from './verdict.ts'

/**
 * What stored objects tell more of a control plane or MachineDeployment that rolls out.
 *
 * @param effects Of its fields, then of its templates in the order of `pairs`.
 */
export async function refine(
  items: HolderItems,
  effects: readonly Effect[],
  knowledge: Knowledge,
  stored: Stored | undefined,
): Promise<Refinement> {
  const refinement = await refineMachines(items, effects, knowledge, stored)
  if (!isPaused(stored?.cluster)) return refinement
  return { ...refinement, rules: [...(refinement.rules ?? []), rules.paused] }
}

async function refineMachines(
  items: HolderItems,
  effects: readonly Effect[],
  { canUpdate }: Knowledge,
  stored: Stored | undefined,
): Promise<Refinement> {
  const { kind, holder, pairs } = items
  if (pairs.some(({ after }) => !after)) return {}
  if (!stored) return canUpdate ? { needs: needsOf(kind) } : {}
  const { version } = fieldsOf(
    kind,
    pairs.map(({ after }) => after),
  )
  const templates = pairs.flatMap(({ before, after }, i): ChangedTemplate[] => {
    const effect = effects[i + 1]
    if (!before || !after || effect?.verdict === 'nothing') return []
    return [{ before, after, rotates: effect?.verdict === 'rolls out' }]
  })
  if (kind === 'MachineDeployment')
    return refineMachineDeployment(holder.split(' ')[1], templates, version, stored, canUpdate)
  const controlPlane = pairs.find(({ after }) => after?.holderReference.kind === 'Cluster')?.after
  const rolling = effects.filter(({ verdict }) => verdict === 'rolls out')
  if (rolling.some(({ isForReplacement }) => isForReplacement)) return {}
  const rolls = {
    init: rolling.some((effect) => effect.rolls?.init ?? true),
    join: rolling.some((effect) => effect.rolls?.join ?? true),
  }
  const desired = {
    kubeadmConfigSpec: controlPlane ? configSpecOf(controlPlane) : {},
    version: String(version ?? ''),
    infrastructure: templates.find(
      ({ after, rotates }) => rotates && after.holderReference.kind !== 'Cluster',
    ),
  }
  return refineControlPlane(controlPlane, rolls, desired, stored, canUpdate)
}

const needsOf = (kind: HolderItems['kind']) =>
  kind === 'MachineDeployment'
    ? 'MachineDeployments, MachineSets and their templates (--objects): how many Machines are updated in place'
    : 'Machines of the control plane, their KubeadmConfigs and infrastructure machines (--objects): how many are updated in place'
