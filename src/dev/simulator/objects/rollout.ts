import { isObject, type JsonObject } from '../../../json/json.ts'
import { at } from '../../../json/path.ts'
import type { ItemOfRequest } from '../../../rules/patches.ts'

/** What Machines are made of. */
export interface Rollout {
  /** Kubernetes version, such as `v1.34.0`. */
  readonly version: string
  /** The templates of the Cluster after all patches. */
  readonly templates: readonly ItemOfRequest[]
}

const holders = {
  controlPlane: ['Cluster', 'spec.controlPlaneRef'],
  controlPlaneMachines: ['KubeadmControlPlane', 'spec.machineTemplate.spec.infrastructureRef'],
  bootstrap: ['MachineDeployment', 'spec.template.spec.bootstrap.configRef'],
  machines: ['MachineDeployment', 'spec.template.spec.infrastructureRef'],
} as const

/** A template by what it is for. */
export function templateOf({ templates }: Rollout, role: keyof typeof holders): JsonObject {
  const [kind, fieldPath] = holders[role]
  const item = templates.find(
    ({ holderReference: holder }) => holder.kind === kind && holder.fieldPath === fieldPath,
  )
  return item?.object ?? {}
}

/** spec.template.spec of a template: what the objects made of it get. */
export function specOf(rollout: Rollout, role: keyof typeof holders): JsonObject {
  return objectOrEmptyAt(templateOf(rollout, role), 'spec', 'template', 'spec')
}

/** The object at the end of the keys, empty when there is none. */
export function objectOrEmptyAt(value: unknown, ...keys: readonly string[]): JsonObject {
  const found = at(value, ...keys)
  return isObject(found) ? found : {}
}
