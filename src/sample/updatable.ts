import type { Updatable } from '../in-place-update/can-update.ts'

/** What an in-place update changes without a new Machine, in Cluster API's test extension. */
export const updatable: Updatable = {
  machine: ['failureDomain', 'version'],
  bootstrapConfig: { KubeadmConfig: ['clusterConfiguration.etcd.local.imageTag', 'files'] },
  infrastructureMachine: { DevMachine: ['backend.docker.bootstrapTimeout'] },
}
