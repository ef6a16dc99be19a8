import type { RequestOf } from '../contract/contract.ts'
import type { UpdateMachine } from '../contract/in-place-update.ts'
import type { Machine } from '../contract/machine.ts'
import { ownedLabels } from '../render/metadata.ts'
import { defaultVersions } from './cluster.ts'
import { defaultObjects } from './default-objects.ts'
import { type PartOf, withParts } from './part-of.ts'
import { complete, contractReferenceTo, type ProviderObject } from './provider-object.ts'

/**
 * What a Machine of a test is like, with what it is made of.
 *
 * @example
 * ```ts
 * const options: MachineOptions = {
 *   version: 'v1.37.0',
 *   infrastructureMachine: {
 *     apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
 *     kind: 'AWSMachine',
 *     spec: { instanceType: 'm5.large' },
 *   },
 * }
 * ```
 */
export interface MachineOptions {
  /** Of all three objects: `demo-machine` unless given. */
  name?: string
  /** `default` unless given. */
  namespace?: string
  /** `demo` unless given. */
  clusterName?: string
  /** Kubernetes version: `v1.36.0` unless given. */
  version?: string
  /** Labels of all three objects, beside those of the Cluster. */
  labels?: Readonly<Record<string, string>>
  /** Merged into the metadata of the Machine. */
  metadata?: PartOf<Machine['metadata']>
  /** Merged into the spec of the Machine, such as `{ failureDomain: 'a' }`. */
  spec?: PartOf<Machine['spec']>
  /** A `DevMachine` with an empty spec unless given. */
  infrastructureMachine?: ProviderObject
  /** A `KubeadmConfig` with an empty spec unless given. */
  bootstrapConfig?: ProviderObject
}

/** A Machine as the hooks of in-place updates carry it. */
export type MachineObjects = RequestOf<typeof UpdateMachine>['desired']

/**
 * A Machine with its infrastructure and its bootstrap configuration, in their v1beta2.
 *
 * @example
 * ```ts
 * const files = [{ path: '/etc/motd', content: 'Hello' }]
 * const desired = machineOf({ bootstrapConfig: { spec: { files } } })
 * const request = requestOf(CanUpdateMachine, { current: machineOf(), desired })
 * ```
 */
export function machineOf(options: MachineOptions = {}): MachineObjects {
  const { name = 'demo-machine', namespace = 'default', clusterName = 'demo' } = options
  const { version = defaultVersions.current } = options
  const labels = { ...ownedLabels(clusterName), ...options.labels }
  const own = (given: ProviderObject | undefined, kind: keyof typeof defaultObjects) =>
    complete(given, defaultObjects[kind]({ name, namespace, labels }))
  const infrastructureMachine = own(options.infrastructureMachine, 'infrastructureMachine')
  const bootstrapConfig = own(options.bootstrapConfig, 'bootstrapConfig')
  const machine: Machine = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Machine',
    metadata: withParts<Machine['metadata']>({ name, namespace, labels }, options.metadata),
    spec: withParts<Machine['spec']>(
      {
        clusterName,
        bootstrap: { configRef: contractReferenceTo(bootstrapConfig) },
        infrastructureRef: contractReferenceTo(infrastructureMachine),
        version,
      },
      options.spec,
    ),
  }
  return {
    machine,
    infrastructureMachine: { ...infrastructureMachine },
    bootstrapConfig: { ...bootstrapConfig },
  }
}
