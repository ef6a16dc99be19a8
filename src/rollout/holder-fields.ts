import { at } from '../json/path.ts'
import type { ItemOfRequest } from '../rules/patches.ts'
import { byName } from '../topology/variable-values.ts'
import { changesOf } from './changes.ts'
import type { HolderItems } from './holders.ts'
import { rules } from './rules.ts'
import type { Effect } from './verdict.ts'

const builtinOf = {
  'control plane': 'controlPlane',
  MachineDeployment: 'machineDeployment',
  MachinePool: 'machinePool',
  'infrastructure cluster': '',
} as const

/** What the topology itself sets of a control plane, MachineDeployment or MachinePool, as the builtin variables tell it. */
export interface HolderFields {
  readonly version?: unknown
  readonly replicas?: unknown
  readonly metadata?: unknown
}

/** What is known of the fields of a holder from its templates. */
export function fieldsOf(
  kind: HolderItems['kind'],
  items: readonly (ItemOfRequest | undefined)[],
): HolderFields {
  for (const item of items) {
    const builtin = at(byName(item?.variables), 'builtin', builtinOf[kind])
    if (builtin === undefined) continue
    const field = (name: string) => at(builtin, name)
    // Of a control plane the template has the metadata as well.
    const metadata = kind === 'control plane' ? undefined : field('metadata')
    return { version: field('version'), replicas: field('replicas'), metadata }
  }
  return {}
}

/**
 * What it means that the topology changed these fields.
 *
 * @param isKubeadm Whether a control plane is kubeadm's.
 */
export function compareFields({ kind, pairs }: HolderItems, isKubeadm: boolean): Effect {
  const sides = [pairs.map(({ before }) => before), pairs.map(({ after }) => after)]
  const [before, after] = sides.map((items) => fieldsOf(kind, items))
  const holder = kind === 'control plane' ? pairs[0]?.after?.object['kind'] : kind
  const name = String(holder ?? kind).replace(/Template$/, '')
  const object = ({ version, replicas, metadata }: HolderFields = {}) => ({
    metadata,
    spec: { replicas, version },
  })
  const changes = changesOf(object(before), object(after), name)
  if (changes.length === 0) return { verdict: 'nothing', changes, rules: [] }
  const isControlPlane = kind === 'control plane'
  if (kind === 'MachinePool' || (isControlPlane && !isKubeadm))
    return { verdict: 'provider decides', changes, rules: [rules.providerDecides] }
  if (changes.every(({ path }) => path !== 'spec.version'))
    return { verdict: 'in place', changes, rules: [rules.inPlaceFields] }
  return {
    verdict: 'rolls out',
    changes,
    rules: [isControlPlane ? rules.controlPlaneVersion : rules.machineDeployment],
  }
}
