import type { WholeObject } from './provider-object.ts'

const apiVersions = {
  bootstrap: 'bootstrap.cluster.x-k8s.io/v1beta2',
  controlPlane: 'controlplane.cluster.x-k8s.io/v1beta2',
  infrastructure: 'infrastructure.cluster.x-k8s.io/v1beta2',
} as const

function object(
  group: keyof typeof apiVersions,
  kind: string,
  metadata: WholeObject['metadata'],
  spec: object,
): WholeObject {
  return { apiVersion: apiVersions[group], kind, metadata, spec }
}
const template = (group: keyof typeof apiVersions, kind: string, name: string, spec: object) =>
  object(group, kind, { name }, { template: { spec } })

/** The templates of a ClusterClass that no one has filled in. */
export const defaultTemplates = {
  infrastructureCluster: template('infrastructure', 'DevClusterTemplate', 'demo-cluster', {}),
  controlPlane: template('controlPlane', 'KubeadmControlPlaneTemplate', 'demo-control-plane', {
    kubeadmConfigSpec: {},
  }),
  controlPlaneMachines: template(
    'infrastructure',
    'DevMachineTemplate',
    'demo-control-plane-machines',
    {},
  ),
  bootstrap: template('bootstrap', 'KubeadmConfigTemplate', 'demo-worker-bootstrap', {}),
  machines: template('infrastructure', 'DevMachineTemplate', 'demo-worker-machines', {}),
  machinePool: template('infrastructure', 'DevMachinePoolTemplate', 'demo-pool', {}),
}

/** What a Machine is made of, beside itself. */
export const defaultObjects = {
  infrastructureMachine: (metadata: WholeObject['metadata']) =>
    object('infrastructure', 'DevMachine', metadata, {}),
  bootstrapConfig: (metadata: WholeObject['metadata']) =>
    object('bootstrap', 'KubeadmConfig', metadata, {}),
}
