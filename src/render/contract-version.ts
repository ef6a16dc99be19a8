import { type JsonObject, objectAt } from '../json/json.ts'
import { at } from '../json/path.ts'
import type { ContractVersion, Template } from './parts.ts'
import { objectOf } from './places.ts'

/** The contract that a control plane keeps, as its own version lets one assume. */
export function assumedContractVersion({ apiVersion }: Template): ContractVersion {
  return /\/v1(alpha\d+|beta1)$/.test(apiVersion) ? 'v1beta1' : 'v1beta2'
}

/**
 * The contract that a control plane keeps, by the labels of its definition, where that is among the objects
 * (GetContractVersionForVersion in internal/contract/version.go).
 */
export function definedContractVersion(
  template: Template,
  objects: readonly JsonObject[],
): ContractVersion | undefined {
  const { apiVersion, kind } = objectOf(template)
  const [group = '', version = ''] = apiVersion.split('/')
  const definition = objects.find(
    (object) =>
      object['kind'] === 'CustomResourceDefinition' &&
      at(object, 'spec', 'group') === group &&
      at(object, 'spec', 'names', 'kind') === kind,
  )
  const labels = Object.entries(objectAt(definition, ['metadata', 'labels']) ?? {})
  const label = labels.find(
    ([key, value]) =>
      key.startsWith('cluster.x-k8s.io/v') && String(value).split('_').includes(version),
  )
  if (!label) return undefined
  return label[0] === 'cluster.x-k8s.io/v1beta1' ? 'v1beta1' : 'v1beta2'
}
