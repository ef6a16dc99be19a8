import { randomUUID } from 'node:crypto'
import type { TemplateItem } from '../../../rules/patches.ts'
import { type ClusterState, clusterBuiltin, names, ownedLabels, replicas } from './cluster.ts'

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
type Role = keyof typeof classTemplates

/**
 * The request of GeneratePatches for a Cluster; uids are new in each.
 *
 * @param file Content of a file that the ClusterClass puts on control plane Machines.
 */
export function patchesRequest(state: ClusterState, file: string) {
  return {
    variables: [...state.variables, { name: 'builtin', value: clusterBuiltin(state) }],
    items: [
      infrastructureCluster(),
      controlPlane(state, file),
      controlPlaneMachines(state),
      bootstrap(state),
      machines(state),
    ],
  }
}

function infrastructureCluster(): TemplateItem {
  const metadata = { annotations: clonedFrom('infrastructureCluster'), labels: ownedLabels }
  const content = { metadata, spec: { backend: { inMemory: {} } } }
  return {
    ...clusterHolder('spec.infrastructureRef'),
    object: template('infrastructureCluster', content),
  }
}

function controlPlane(state: ClusterState, content: string): TemplateItem {
  const metadata = { annotations: clonedFrom('controlPlane'), labels: ownedLabels }
  const motd = { path: '/etc/motd', owner: 'root:root', permissions: '0644', contentFormat: 'Raw' }
  const kubeadmConfigSpec = {
    clusterConfiguration: {
      apiServer: { certSANs: ['localhost', '127.0.0.1', '0.0.0.0', 'host.docker.internal'] },
    },
    initConfiguration: { nodeRegistration },
    joinConfiguration: { nodeRegistration },
    files: [{ ...motd, content }],
  }
  return {
    ...clusterHolder('spec.controlPlaneRef'),
    object: template('controlPlane', { metadata, spec: { kubeadmConfigSpec } }),
    variables: controlPlaneVariables(state),
  }
}

function controlPlaneMachines(state: ClusterState): TemplateItem {
  return {
    uid: randomUUID(),
    holderReference: {
      apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
      kind: 'KubeadmControlPlane',
      namespace: names.namespace,
      name: names.controlPlane,
      fieldPath: 'spec.machineTemplate.spec.infrastructureRef',
    },
    object: template('controlPlaneMachines', { spec: inMemoryMachine }, ownedLabels),
    variables: controlPlaneVariables(state),
  }
}

function bootstrap(state: ClusterState): TemplateItem {
  const spec = { joinConfiguration: { nodeRegistration } }
  return {
    ...machineDeploymentHolder('spec.template.spec.bootstrap.configRef'),
    object: template('bootstrap', { spec }, workerLabels),
    variables: machineDeploymentVariables(state),
  }
}

function machines(state: ClusterState): TemplateItem {
  return {
    ...machineDeploymentHolder('spec.template.spec.infrastructureRef'),
    object: template('machines', { spec: inMemoryMachine }, workerLabels),
    variables: machineDeploymentVariables(state),
  }
}

// Labels of its own has only a template that is cloned as a template.
function template(role: Role, content: object, labels?: object) {
  const { kind, group, name, uid } = classTemplates[role]
  return {
    apiVersion: `${group}/v1beta2`,
    kind,
    metadata: {
      ...(labels && { annotations: clonedFrom(role), labels }),
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
    spec: { template: content },
  }
}

function clonedFrom(role: Role) {
  const { kind, group, name } = classTemplates[role]
  return {
    'cluster.x-k8s.io/cloned-from-groupkind': `${kind}.${group}`,
    'cluster.x-k8s.io/cloned-from-name': name,
  }
}

function clusterHolder(fieldPath: string) {
  return holder('Cluster', names.cluster, fieldPath)
}

function machineDeploymentHolder(fieldPath: string) {
  return holder('MachineDeployment', names.machineDeployment, fieldPath)
}

function holder(kind: string, name: string, fieldPath: string) {
  const { namespace } = names
  const apiVersion = 'cluster.x-k8s.io/v1beta2'
  return { uid: randomUUID(), holderReference: { apiVersion, kind, namespace, name, fieldPath } }
}

function controlPlaneVariables(state: ClusterState) {
  const controlPlane = {
    version: state.controlPlaneVersion,
    metadata: { labels: ownedLabels, annotations: clonedFrom('controlPlane') },
    name: names.controlPlane,
    replicas: replicas.controlPlane,
    machineTemplate: { infrastructureRef: { name: names.controlPlaneMachines } },
  }
  return [{ name: 'builtin', value: { controlPlane } }]
}

function machineDeploymentVariables(state: ClusterState) {
  const machineDeployment = {
    version: state.workersVersion,
    metadata: { labels: workerLabels },
    class: 'default-worker',
    name: names.machineDeployment,
    topologyName: 'md-0',
    replicas: replicas.workers,
    bootstrap: { configRef: { name: names.bootstrapTemplate } },
    infrastructureRef: { name: names.machineTemplate },
  }
  return [{ name: 'builtin', value: { machineDeployment } }]
}
