/** A provider of Cluster API: a controller with CustomResourceDefinitions and webhooks. */
export interface Provider {
  readonly name:
    | 'cluster-api'
    | 'bootstrap-kubeadm'
    | 'control-plane-kubeadm'
    | 'infrastructure-docker'
  /** The Go module with its sources and the folder of its manifests in there. */
  readonly module: string
  readonly config: string
  readonly featureGates: readonly string[]
}

const core = 'sigs.k8s.io/cluster-api'

/** The providers of a management cluster, with every feature gate on that leads to a hook. */
export const providers: readonly Provider[] = [
  {
    name: 'cluster-api',
    module: core,
    config: 'core/config',
    featureGates: ['ClusterTopology', 'RuntimeSDK', 'InPlaceUpdates', 'MachinePool'],
  },
  {
    name: 'bootstrap-kubeadm',
    module: core,
    config: 'bootstrap/kubeadm/config',
    featureGates: ['MachinePool'],
  },
  {
    name: 'control-plane-kubeadm',
    module: core,
    config: 'controlplane/kubeadm/config',
    featureGates: ['ClusterTopology', 'InPlaceUpdates'],
  },
  {
    name: 'infrastructure-docker',
    module: `${core}/test`,
    config: 'infrastructure/docker/config',
    featureGates: ['ClusterTopology', 'MachinePool'],
  },
]
