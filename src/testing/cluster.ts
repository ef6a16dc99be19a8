import type { Cluster } from '../contract/cluster.ts'
import { type PartOf, withParts } from './part-of.ts'

/**
 * What a Cluster of a test is like. All else is as small as a Cluster with a topology can be.
 *
 * @example
 * ```ts
 * const options: ClusterOptions = {
 *   namespace: 'team-a',
 *   metadata: { labels: { tier: 'gold' } },
 *   spec: { topology: { controlPlane: { replicas: 3 } } },
 * }
 * ```
 */
export interface ClusterOptions {
  /** `demo` unless given. */
  name?: string
  /** `default` unless given. */
  namespace?: string
  /** Kubernetes version of `spec.topology`: `v1.36.0` unless given. */
  version?: string
  /** Values of `spec.topology.variables` by name: none unless given. */
  variables?: Readonly<Record<string, unknown>>
  /** Merged into the metadata, such as `{ labels: { tier: 'gold' } }`. */
  metadata?: PartOf<Cluster['metadata']>
  /** Merged into the spec, such as `{ paused: true }`. */
  spec?: PartOf<Cluster['spec']>
}

/** Kubernetes versions of requests that are given none: the newer one, and where an upgrade to it begins. */
export const defaultVersions = { current: 'v1.36.0', previous: 'v1.35.0' } as const

/**
 * A Cluster as requests carry it: `cluster.x-k8s.io/v1beta2` without status, with one control plane Machine and the
 * MachineDeployment `md-0` of class `default-worker` with two.
 *
 * @example
 * ```ts
 * const cluster = clusterOf({ namespace: 'team-a', variables: { region: 'eu' } })
 * const answer = await callHook(beforeClusterCreate, requestOf(BeforeClusterCreate, { cluster }))
 * ```
 */
export function clusterOf(options: ClusterOptions = {}): Cluster {
  const { name = 'demo', namespace = 'default', version = defaultVersions.current } = options
  const variables = Object.entries(options.variables ?? {}).map(([key, value]) => ({
    name: key,
    value,
  }))
  const cluster: Cluster = {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: {
      name,
      namespace,
      uid: '6d0a4d41-8d5c-4b6e-9d4f-0c2f5b7a1e01',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      clusterNetwork: {
        services: { cidrBlocks: ['10.128.0.0/12'] },
        pods: { cidrBlocks: ['192.168.0.0/16'] },
        serviceDomain: 'cluster.local',
      },
      topology: {
        classRef: { name: 'demo-class' },
        version,
        controlPlane: { replicas: 1 },
        workers: { machineDeployments: [{ class: 'default-worker', name: 'md-0', replicas: 2 }] },
        ...(variables.length > 0 && { variables }),
      },
    },
  }
  return withParts<Cluster>(cluster, {
    ...(options.metadata && { metadata: options.metadata }),
    ...(options.spec && { spec: options.spec }),
  })
}
