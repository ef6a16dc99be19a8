import type { Rule } from './verdict.ts'

const topology = 'core/reconcilers/topology/cluster'
const machineDeployment = 'core/reconcilers/machinedeployment'
const controlPlane = 'controlplane/kubeadm'

/** The rules of Cluster API v1.14.2 that decide about Machines, and the file of each. */
export const rules = {
  templateRotates: {
    rule: 'A change of spec in a template, of spec.template.metadata too, makes a new template, and new Machines',
    file: `${topology}/reconcile_state.go`,
  },
  templateMetadata: {
    rule: 'Labels and annotations of the template itself are patched in place',
    file: `${topology}/reconcile_state.go`,
  },
  templateDefaults: {
    rule: 'Templates are compared with their defaults set: a field that is set to its default makes no new Machine',
    file: `${topology}/structuredmerge/dryrun.go`,
  },
  emptiedObject: {
    rule: 'An object that lost its last field and stays as {} is refused by the API server: the Cluster stays as it is until the field is left out',
    file: `${topology}/structuredmerge/dryrun.go`,
  },
  otherKind: {
    rule: 'A template of another kind or group is refused: the Cluster stays as it is',
    file: 'internal/topology/check/compatibility.go',
  },
  otherBootstrapKind: {
    rule: 'A bootstrap template of another kind is applied with the uid of the old one, which the API server refuses: the Cluster stays as it is',
    file: `${topology}/structuredmerge/serversidepatchhelper.go`,
  },
  otherVersion: {
    rule: 'Templates are compared in the version that the ClusterClass names, into which the API server converts the old one: the version alone makes no new Machine, unless the conversion of a provider writes a value in another form',
    file: `${topology}/current_state.go`,
  },
  kubeadmConfig: {
    rule: 'A Machine of a KubeadmControlPlane is replaced when its KubeadmConfig differs from kubeadmConfigSpec',
    file: `${controlPlane}/pkg/filters.go`,
  },
  kubeadmInit: {
    rule: 'The Machine that kubeadm init made is compared with initConfiguration or joinConfiguration, all others with joinConfiguration alone',
    file: `${controlPlane}/pkg/filters.go`,
  },
  kubeadmIgnored: {
    rule: 'Of kubeadmConfigSpec the KubeadmControlPlane ignores clusterConfiguration.dns and controlPlaneEndpoint, joinConfiguration.discovery, controlPlaneComponentHealthCheckSeconds, and what equals a default',
    file: `${controlPlane}/pkg/filters.go`,
  },
  controlPlaneFields: {
    rule: 'Fields of a KubeadmControlPlane outside of kubeadmConfigSpec replace no Machine',
    file: `${controlPlane}/pkg/filters.go`,
  },
  controlPlaneRefused: {
    rule: 'The webhook of KubeadmControlPlane refuses changes of this field: the Cluster stays as it is',
    file: `${controlPlane}/webhooks/admission/kubeadmcontrolplane.go`,
  },
  rolloutBefore: {
    rule: 'Machines whose certificates expire within certificatesExpiryDays are replaced',
    file: `${controlPlane}/pkg/filters.go`,
  },
  rolloutAfter: {
    rule: 'Machines that are older than rolloutAfter are replaced when that time has come',
    file: `${controlPlane}/pkg/filters.go`,
  },
  controlPlaneVersion: {
    rule: 'Machines of another Kubernetes version than that of their KubeadmControlPlane are replaced',
    file: `${controlPlane}/pkg/filters.go`,
  },
  controlPlaneInfrastructure: {
    rule: 'Machines of a KubeadmControlPlane whose infrastructure was made of another template are replaced',
    file: `${controlPlane}/pkg/filters.go`,
  },
  machineDeployment: {
    rule: 'A MachineDeployment rolls out when version, bootstrap template, infrastructure template or failure domain differ',
    file: `${machineDeployment}/mdutil/util.go`,
  },
  inPlaceFields: {
    rule: 'Labels, annotations and replicas of a topology reach a control plane or MachineDeployment without a rollout',
    file: `${machineDeployment}/mdutil/util.go`,
  },
  created: {
    rule: 'What the topology has anew is created; Machines that exist stay',
    file: `${topology}/reconcile_state.go`,
  },
  deleted: {
    rule: 'What the topology has no more is deleted with its Machines',
    file: `${topology}/reconcile_state.go`,
  },
  onDelete: {
    rule: 'With the strategy OnDelete Machines are replaced when somebody deletes them',
    file: `${machineDeployment}/machinedeployment_rollout_ondelete.go`,
  },
  paused: {
    rule: 'What is paused rolls out when it is no longer paused',
    file: `${machineDeployment}/machinedeployment_controller.go`,
  },
  providerDecides: {
    rule: 'The object is patched in place, and its provider decides about Machines',
    file: `${topology}/reconcile_state.go`,
  },
  machineInPlace: {
    rule: 'A Machine is updated in place when the patches of CanUpdateMachine make its current objects the desired ones, and enough others are up to date',
    file: `${controlPlane}/reconcilers/kubeadmcontrolplane/update.go`,
  },
  machineSetInPlace: {
    rule: 'Machines are updated in place when the patches of CanUpdateMachineSet make the current templates the desired ones; without maxUnavailable one Machine is created first and one deleted at the end',
    file: `${machineDeployment}/machinedeployment_rollout_rollingupdate.go`,
  },
} satisfies Record<string, Rule>
