import type { Variable } from '../contract/topology.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import { type HolderItems, holdersOf, type Pair } from './holders.ts'
import { compareKubeadmControlPlanes } from './kubeadm-control-plane.ts'
import { compareForProvider, compareTemplates } from './template.ts'
import { type Effect, gravest, type HolderVerdict, type Knowledge } from './verdict.ts'

/** Compares two sets of items, those of one Cluster, as the controller would take them; order and uids do not count. */
export async function compareTopologies(
  before: readonly ItemOfRequest[],
  after: readonly ItemOfRequest[],
  globalVariables: readonly Variable[],
  _knowledge: Knowledge = {},
): Promise<HolderVerdict[]> {
  return holdersOf(before, after, globalVariables).map(verdictOf)
}

function verdictOf(items: HolderItems): HolderVerdict {
  const { cluster, holder, pairs, replicas } = items
  const isKubeadm = pairs.some(
    ({ after }) => after?.object['kind'] === 'KubeadmControlPlaneTemplate',
  )
  const effects = pairs.map((pair) => effectOf(pair, items.kind, isKubeadm))
  const verdict = gravest(effects.map((effect) => effect.verdict))
  const needs = effects.flatMap((effect) => effect.needs ?? [])
  return {
    cluster,
    holder,
    verdict,
    ...(verdict === 'rolls out' && replicas !== undefined && { machines: replicas }),
    changes: effects.flatMap(({ changes }) => changes),
    rules: [...new Set(effects.flatMap(({ rules }) => rules))],
    ...(needs.length > 0 && { needs: needs.join('; ') }),
  }
}

function effectOf({ before, after }: Pair, kind: HolderItems['kind'], isKubeadm: boolean): Effect {
  if (!before || !after)
    return {
      verdict: 'could not tell',
      changes: [],
      rules: [],
      needs: 'the template on both sides',
    }
  if (kind === 'MachineDeployment') return compareTemplates(before, after)
  if (kind !== 'control plane' || !isKubeadm) return compareForProvider(before, after)
  return after.object['kind'] === 'KubeadmControlPlaneTemplate'
    ? compareKubeadmControlPlanes(before, after)
    : compareTemplates(before, after)
}
