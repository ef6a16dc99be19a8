import type { Rule } from './verdict.ts'

const topology = 'core/reconcilers/topology/cluster/reconcile_state.go'
const filters = 'controlplane/kubeadm/pkg/filters.go'

/** The rules of Cluster API v1.14.2 that decide about Machines, and the file of each. */
export const rules = {
  templateRotates: {
    rule: 'A template whose spec changes, spec.template.metadata too, is replaced by a new one, and with it the Machines',
    file: topology,
  },
  templateMetadata: {
    rule: 'Labels and annotations of the template itself are patched in place',
    file: topology,
  },
  kubeadmConfig: {
    rule: 'The Machines of a KubeadmControlPlane are replaced when kubeadmConfigSpec differs from their KubeadmConfig',
    file: filters,
  },
  kubeadmConfigIgnored: {
    rule: 'Of kubeadmConfigSpec, a KubeadmControlPlane ignores what changes no Machine',
    file: filters,
  },
  controlPlaneInPlace: {
    rule: 'Fields of a KubeadmControlPlane outside kubeadmConfigSpec replace no Machine',
    file: filters,
  },
  providerDecides: {
    rule: 'The object is patched in place, and its provider decides about Machines',
    file: topology,
  },
} satisfies Record<string, Rule>
