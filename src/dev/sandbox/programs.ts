/** A program that is built from a pinned Go module. */
export interface Program {
  /** Folder under go/ whose go.mod pins it. */
  readonly module: 'cluster-api' | 'etcd' | 'kube-apiserver'
  readonly package: string
  /** Seconds that a first build takes on two cores, after the programs above it in the table. */
  readonly seconds: number
}

/** The programs of a management cluster in the order of their builds; providers as clusterctl names them. */
export const programs = {
  etcd: { module: 'etcd', package: 'go.etcd.io/etcd/server/v3', seconds: 45 },
  'kube-apiserver': {
    module: 'kube-apiserver',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    seconds: 220,
  },
  'cluster-api': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/core',
    seconds: 120,
  },
  'bootstrap-kubeadm': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/bootstrap/kubeadm',
    seconds: 5,
  },
  'control-plane-kubeadm': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/controlplane/kubeadm',
    seconds: 10,
  },
  'infrastructure-docker': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/test/infrastructure/docker',
    seconds: 55,
  },
  'test-extension': {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/test/extension',
    seconds: 5,
  },
  clusterctl: {
    module: 'cluster-api',
    package: 'sigs.k8s.io/cluster-api/cmd/clusterctl',
    seconds: 15,
  },
} as const satisfies Record<string, Program>

/** A name of the table. */
export type ProgramName = keyof typeof programs

/** What a management cluster consists of. */
export const managementCluster = [
  'etcd',
  'kube-apiserver',
  'cluster-api',
  'bootstrap-kubeadm',
  'control-plane-kubeadm',
  'infrastructure-docker',
] as const satisfies readonly ProgramName[]
