import type { Variable } from '../contract/topology.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import { expiringMachines, machineRoles } from './control-plane-machines.ts'
import { compareFields, fieldsOf } from './holder-fields.ts'
import { type HolderItems, holdersOf, type Pair } from './holders.ts'
import { compareKubeadmControlPlanes } from './kubeadm-control-plane.ts'
import { storedTemplate } from './other-version.ts'
import { refine } from './refine.ts'
import { rules } from './rules.ts'
import { type Stored, storedObjects } from './stored.ts'
import { compareForProvider, compareTemplates } from './template.ts'
import { type Effect, gravest, type HolderVerdict, type Knowledge } from './verdict.ts'

/**
 * Compares two sets of templates of one Cluster, as the controller would take them, and says for each part of the Cluster
 * what it means for its Machines. Order and uids do not count.
 *
 * @param before Templates after all patches, as they were.
 * @param after Templates after all patches, as they are to be.
 * @param globalVariables Those of the request: they tell namespace and name of the Cluster.
 */
export async function compareTopologies(
  before: readonly ItemOfRequest[],
  after: readonly ItemOfRequest[],
  globalVariables: readonly Variable[],
  knowledge: Knowledge = {},
): Promise<HolderVerdict[]> {
  const verdicts: HolderVerdict[] = []
  for (const items of holdersOf(before, after, globalVariables))
    verdicts.push(await verdictOf(items, knowledge))
  return verdicts
}

async function verdictOf(items: HolderItems, knowledge: Knowledge): Promise<HolderVerdict> {
  const { cluster, holder } = items
  const { objects } = knowledge
  const stored = objects && storedObjects(objects, cluster)
  const effects = effectsOf(items, knowledge, stored)
  const verdict = gravest(effects.map((effect) => effect.verdict))
  const { rules, needs, ...counts } =
    verdict === 'rolls out' ? await refine(items, effects, knowledge, stored) : {}
  const allNeeds = [...effects.map((effect) => effect.needs), needs].filter((text) => text)
  return {
    ...{ cluster, holder, verdict },
    ...(verdict === 'rolls out' && !counts.verdict && machinesOf(effects, items.replicas)),
    ...counts,
    changes: effects.flatMap(({ changes }) => changes),
    rules: [...new Set([...effects.flatMap((effect) => effect.rules), ...(rules ?? [])])],
    ...(allNeeds.length > 0 && { needs: allNeeds.join('; ') }),
  }
}

function machinesOf(effects: readonly Effect[], replicas: number | undefined) {
  const rolling = effects.filter(({ verdict }) => verdict === 'rolls out')
  const counts = rolling.map(({ machines }) => machines ?? replicas)
  return counts.includes(undefined) ? {} : { machines: Math.max(...counts.map(Number)) }
}

function effectsOf(
  items: HolderItems,
  { complete }: Knowledge,
  stored: Stored | undefined,
): Effect[] {
  const { kind, pairs, replicas } = items
  if (pairs.every(({ before }) => before === undefined)) return [whole(items, true)]
  if (pairs.every(({ after }) => after === undefined)) return [whole(items, false)]
  const isKubeadm = pairs.some(({ after }) => isTemplateOfKubeadmControlPlane(after))
  const version = String(
    fieldsOf(
      kind,
      pairs.map(({ after }) => after),
    ).version ?? '',
  )
  const effectOf = ({ before, after }: Pair): Effect => {
    if (!before || !after) return oneSided({ before, after })
    const known = { complete, stored: storedTemplate(before, stored) }
    if (kind === 'MachineDeployment')
      return compareTemplates(before, after, rules.machineDeployment, known)
    if (kind !== 'control plane' || !isKubeadm) return compareForProvider(before, after, complete)
    if (!isTemplateOfKubeadmControlPlane(after))
      return compareTemplates(before, after, rules.controlPlaneInfrastructure, known)
    return compareKubeadmControlPlanes(before, after, {
      ...{ version, replicas, roles: machineRoles(stored) },
      expiring: (days) => expiringMachines(stored, days),
    })
  }
  return [compareFields(items, isKubeadm), ...pairs.map(effectOf)]
}

function isTemplateOfKubeadmControlPlane(item: ItemOfRequest | undefined): boolean {
  const { apiVersion, kind } = item?.object ?? {}
  const isOfGroup = String(apiVersion).startsWith('controlplane.cluster.x-k8s.io/')
  return isOfGroup && kind === 'KubeadmControlPlaneTemplate'
}

/** A control plane, MachineDeployment or MachinePool that comes or goes. */
function whole({ holder, kind }: HolderItems, isNew: boolean): Effect {
  const name = holder.replace(`${kind} `, '')
  const change = {
    ...{ path: 'metadata.name', template: kind },
    before: isNew ? undefined : name,
    after: isNew ? name : undefined,
  }
  return {
    verdict: isNew ? 'in place' : 'rolls out',
    changes: [change],
    rules: [isNew ? rules.created : rules.deleted],
  }
}

function oneSided({ before, after }: Pair): Effect {
  const item = after ?? before
  const kind = String(item?.object['kind'])
  const path = item?.holderReference.fieldPath ?? ''
  return {
    verdict: 'could not tell',
    changes: [{ path, before: before && kind, after: after && kind, template: kind }],
    rules: [],
    needs: `the ${kind} on both sides`,
  }
}
