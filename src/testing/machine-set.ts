import type { RequestOf } from '../contract/contract.ts'
import type { CanUpdateMachineSet } from '../contract/in-place-update.ts'
import type { MachineSet } from '../contract/machine.ts'
import { ownedLabels } from '../render/metadata.ts'
import { defaultVersions } from './cluster.ts'
import { defaultTemplates } from './default-objects.ts'
import { type PartOf, withParts } from './part-of.ts'
import { complete, contractReferenceTo, type ProviderObject } from './provider-object.ts'

/**
 * What a MachineSet of a test is like, with the templates of its Machines.
 *
 * @example
 * ```ts
 * const options: MachineSetOptions = {
 *   version: 'v1.37.0',
 *   bootstrapConfigTemplate: { spec: { template: { spec: { files: [] } } } },
 * }
 * ```
 */
export interface MachineSetOptions {
  /** `demo-md-0` unless given. */
  name?: string
  /** `default` unless given. */
  namespace?: string
  /** `demo` unless given. */
  clusterName?: string
  /** Kubernetes version of the Machines: `v1.36.0` unless given. */
  version?: string
  /** Number of Machines: 2 unless given. */
  replicas?: number
  /** Labels of the MachineSet and of its Machines, beside those of the Cluster. */
  labels?: Readonly<Record<string, string>>
  /** Merged into the metadata of the MachineSet. */
  metadata?: PartOf<MachineSet['metadata']>
  /** Merged into the spec of the MachineSet. */
  spec?: PartOf<MachineSet['spec']>
  /** A `DevMachineTemplate` without a setting unless given. */
  infrastructureMachineTemplate?: ProviderObject
  /** A `KubeadmConfigTemplate` without a setting unless given. */
  bootstrapConfigTemplate?: ProviderObject
}

/** A MachineSet as CanUpdateMachineSet carries it. */
export type MachineSetObjects = RequestOf<typeof CanUpdateMachineSet>['desired']

/**
 * A MachineSet with the templates of its Machines, in their v1beta2.
 *
 * @example
 * ```ts
 * const desired = machineSetOf({ version: 'v1.37.0' })
 * const request = requestOf(CanUpdateMachineSet, { desired })
 * ```
 */
export function machineSetOf(options: MachineSetOptions = {}): MachineSetObjects {
  const { name = 'demo-md-0', namespace = 'default', clusterName = 'demo', replicas = 2 } = options
  const { version = defaultVersions.current } = options
  const owned = ownedLabels(clusterName)
  const labels = { ...owned, ...options.labels }
  const own = (given: ProviderObject | undefined, key: 'machines' | 'bootstrap') => {
    const usual = defaultTemplates[key]
    return complete(given, { ...usual, metadata: { ...usual.metadata, namespace, labels: owned } })
  }
  const infrastructure = own(options.infrastructureMachineTemplate, 'machines')
  const bootstrap = own(options.bootstrapConfigTemplate, 'bootstrap')
  const machineSet: MachineSet = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'MachineSet',
    metadata: withParts<MachineSet['metadata']>({ name, namespace, labels }, options.metadata),
    spec: withParts<MachineSet['spec']>(
      {
        clusterName,
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            clusterName,
            bootstrap: { configRef: contractReferenceTo(bootstrap) },
            infrastructureRef: contractReferenceTo(infrastructure),
            version,
          },
        },
      },
      options.spec,
    ),
  }
  return {
    machineSet,
    infrastructureMachineTemplate: { ...infrastructure },
    bootstrapConfigTemplate: { ...bootstrap },
  }
}
