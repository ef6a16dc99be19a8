import type { Updatable } from 'capi-extension/in-place-update'

/** What an in-place update changes without a new Machine, in Cluster API's test extension. */
export const updatable: Updatable = {
  machine: ['failureDomain', 'version'],
  bootstrapConfig: { KubeadmConfig: ['clusterConfiguration.etcd.local.imageTag', 'files'] },
  infrastructureMachine: { DevMachine: ['backend.docker.bootstrapTimeout'] },
}
