import { randomUUID } from 'node:crypto'
import type { WholeObject } from '../../../testing/provider-object.ts'
import { topologyItems } from '../../../testing/topology-items.ts'
import { type ClusterState, clusterObject, names, ownedLabels } from './cluster.ts'

const provisioning = { provisioning: { startupDuration: '2s', startupJitter: '0.2' } }
const inMemoryMachine = {
  backend: {
    inMemory: { apiServer: provisioning, etcd: provisioning, node: provisioning, vm: provisioning },
  },
}
const nodeRegistration = {
  criSocket: 'unix:///var/run/containerd/containerd.sock',
  kubeletExtraArgs: [
    {
      name: 'eviction-hard',
      value: 'nodefs.available<0%,nodefs.inodesFree<0%,imagefs.available<0%',
    },
  ],
}
/** Labels of the objects of the MachineDeployment. */
export const workerLabels = { ...ownedLabels, 'topology.cluster.x-k8s.io/deployment-name': 'md-0' }

const infrastructureGroup = 'infrastructure.cluster.x-k8s.io'
/** The templates that the ClusterClass names, by what they are for. */
const classTemplates = {
  infrastructureCluster: {
    kind: 'DevClusterTemplate',
    group: infrastructureGroup,
    name: 'in-memory-cluster',
    uid: '00d5bd41-0576-467e-a486-6d5d97a251a1',
  },
  controlPlane: {
    kind: 'KubeadmControlPlaneTemplate',
    group: 'controlplane.cluster.x-k8s.io',
    name: 'in-memory-control-plane',
    uid: '5da536e7-eb21-4a9d-a4dc-d5da67cdb079',
  },
  controlPlaneMachines: {
    kind: 'DevMachineTemplate',
    group: infrastructureGroup,
    name: 'in-memory-control-plane',
    uid: 'a7502c2e-8494-4cc6-973f-6782ea241a5e',
  },
  bootstrap: {
    kind: 'KubeadmConfigTemplate',
    group: 'bootstrap.cluster.x-k8s.io',
    name: 'in-memory-default-worker-bootstraptemplate',
    uid: '844007d9-92fb-41c0-81d4-ddd09e0c093a',
  },
  machines: {
    kind: 'DevMachineTemplate',
    group: infrastructureGroup,
    name: 'in-memory-default-worker-machinetemplate',
    uid: 'ee527388-e5ca-4c46-ab74-a4a7db549ac4',
  },
} as const

/**
 * The request of GeneratePatches for a Cluster; uids are new in each.
 *
 * @param file Content of a file that the ClusterClass puts on control plane Machines.
 */
export function patchesRequest(state: ClusterState, file: string) {
  const { controlPlaneVersion, workersVersion } = state
  const templates = {
    infrastructureCluster: template('infrastructureCluster', { backend: { inMemory: {} } }),
    controlPlane: template('controlPlane', { kubeadmConfigSpec: controlPlaneConfig(file) }),
    controlPlaneMachines: template('controlPlaneMachines', inMemoryMachine),
    machineDeployments: {
      bootstrap: template('bootstrap', { joinConfiguration: { nodeRegistration } }),
      infrastructure: template('machines', inMemoryMachine),
    },
  }
  const { variables, items } = topologyItems(
    clusterObject(state),
    { controlPlaneVersion, workersVersion, templates },
    {
      controlPlane: names.controlPlane,
      controlPlaneMachines: names.controlPlaneMachines,
      workers: () => ({
        owner: names.machineDeployment,
        bootstrap: names.bootstrapTemplate,
        infrastructure: names.machineTemplate,
      }),
    },
  )
  return { variables, items: items.map((item) => ({ ...item, uid: randomUUID() })) }
}

function controlPlaneConfig(content: string) {
  const motd = { path: '/etc/motd', owner: 'root:root', permissions: '0644', contentFormat: 'Raw' }
  return {
    clusterConfiguration: {
      apiServer: { certSANs: ['localhost', '127.0.0.1', '0.0.0.0', 'host.docker.internal'] },
    },
    initConfiguration: { nodeRegistration },
    joinConfiguration: { nodeRegistration },
    files: [{ ...motd, content }],
  }
}

function template(role: keyof typeof classTemplates, spec: object): WholeObject {
  const { kind, group, name, uid } = classTemplates[role]
  return {
    apiVersion: `${group}/v1beta2`,
    kind,
    metadata: {
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 1,
      name,
      namespace: names.namespace,
      ownerReferences: [
        {
          apiVersion: 'cluster.x-k8s.io/v1beta2',
          kind: 'ClusterClass',
          name: names.clusterClass,
          uid: '7408918d-dfb1-4cf0-856e-edf7a8a2b137',
        },
      ],
      resourceVersion: '338',
      uid,
    },
    spec: { template: { spec } },
  }
}
