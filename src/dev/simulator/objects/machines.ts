import type { JsonObject } from '../../../json/json.ts'
import { clonedFrom } from '../../../render/metadata.ts'
import { defaultTemplates } from '../../../testing/default-objects.ts'
import { type MachineOptions, machineOf } from '../../../testing/machine.ts'
import { names, ownedLabels, replicas, suffixed } from './cluster.ts'
import { bootstrapTemplateName, machineSets } from './machine-sets.ts'
import { objectOrEmptyAt, type Rollout, specOf } from './rollout.ts'
import { workerLabels } from './templates.ts'

const inProgress = { 'in-place-updates.internal.cluster.x-k8s.io/update-in-progress': '' }
const bootstrapped = { 'machine.inmemory.infrastructure.cluster.x-k8s.io/bootstrapped': '' }
const kcpCleanup = { 'pre-terminate.delete.hook.machine.cluster.x-k8s.io/kcp-cleanup': '' }
const updateMachinePending = { 'runtime.cluster.x-k8s.io/pending-hooks': 'UpdateMachine' }
const controlPlaneLabels = {
  ...ownedLabels,
  'cluster.x-k8s.io/control-plane': '',
  'cluster.x-k8s.io/control-plane-name': names.controlPlane,
}
const newMachineLabels = {
  ...workerLabels,
  'cluster.x-k8s.io/deployment-name': names.machineDeployment,
  'cluster.x-k8s.io/set-name': machineSets.desired.name,
  'machine-template-hash': machineSets.desired.hash,
}
const controlPlaneMachine = suffixed(names.controlPlane)
const workerNames = Array.from({ length: replicas.workers }, () =>
  suffixed(machineSets.current.name),
)
const readinessGates = [
  'NodeKubeadmLabelsAndTaintsSet',
  'APIServerPodHealthy',
  'ControllerManagerPodHealthy',
  'SchedulerPodHealthy',
  'EtcdPodHealthy',
  'EtcdMemberHealthy',
].map((conditionType) => ({ conditionType }))

/** The requests of UpdateMachine for every Machine that moves to the new MachineSet. */
export function updateWorkerRequests(current: Rollout, desired: Rollout) {
  const bootstrapTemplate = bootstrapTemplateName(current, desired)
  return workerNames.map((name) => ({
    desired: machineObjects(name, newMachineLabels, desired.version, {
      machine: { ...inProgress, ...bootstrapped, ...updateMachinePending },
      infrastructureMachine: {
        metadata: {
          annotations: {
            ...clonedFrom(defaultTemplates.machines, names.machineTemplate),
            ...inProgress,
          },
        },
        spec: specOf(desired, 'machines'),
      },
      bootstrapConfig: {
        metadata: {
          annotations: {
            ...clonedFrom(defaultTemplates.bootstrap, bootstrapTemplate),
            ...inProgress,
          },
        },
        spec: workerConfig(specOf(desired, 'bootstrap')),
      },
    }),
  }))
}

/** The request of CanUpdateMachine for the only Machine of the control plane. */
export function canUpdateMachineRequest(current: Rollout, desired: Rollout) {
  return { current: controlPlaneObjects(current), desired: controlPlaneObjects(desired) }
}

/** The request of UpdateMachine for the only Machine of the control plane. */
export function updateControlPlaneRequest(desired: Rollout) {
  return { desired: controlPlaneObjects(desired, inProgress, updateMachinePending) }
}

function controlPlaneObjects(rollout: Rollout, marks?: Annotations, ofMachine?: Annotations) {
  const { kubeadmConfigSpec } = specOf(rollout, 'controlPlane')
  return machineObjects(controlPlaneMachine, controlPlaneLabels, rollout.version, {
    machine: { ...marks, ...bootstrapped, ...kcpCleanup, ...ofMachine },
    spec: { readinessGates },
    infrastructureMachine: {
      metadata: {
        annotations: {
          ...clonedFrom(defaultTemplates.controlPlaneMachines, names.controlPlaneMachines),
          ...marks,
        },
      },
      spec: specOf(rollout, 'controlPlaneMachines'),
    },
    bootstrapConfig: {
      ...(marks && { metadata: { annotations: marks } }),
      spec: joinedConfig(objectOrEmptyAt(kubeadmConfigSpec)),
    },
  })
}

type Annotations = Record<string, string>

function machineObjects(
  name: string,
  labels: Record<string, string>,
  version: string,
  more: Pick<MachineOptions, 'spec'> &
    Required<Pick<MachineOptions, 'infrastructureMachine' | 'bootstrapConfig'>> & {
      machine: Annotations
    },
) {
  const providerID = `in-memory://${name}`
  const { machine: annotations, infrastructureMachine, ...others } = more
  return machineOf({
    ...others,
    name,
    namespace: names.namespace,
    clusterName: names.cluster,
    version,
    labels,
    metadata: { annotations },
    spec: {
      ...more.spec,
      bootstrap: { dataSecretName: name },
      providerID,
      deletion: { nodeDeletionTimeoutSeconds: 10 },
    },
    infrastructureMachine: {
      ...infrastructureMachine,
      spec: { ...infrastructureMachine.spec, providerID },
    },
  })
}

// The bootstrap provider adds how the Node finds its cluster.
function workerConfig(spec: JsonObject): JsonObject {
  const bootstrapToken = {
    apiServerEndpoint: '127.0.0.1:20000',
    caCertHashes: [`sha256:${'f9e91f7c'.repeat(8)}`],
    token: 'abcdef.0123456789abcdef',
  }
  const joinConfiguration = {
    ...objectOrEmptyAt(spec, 'joinConfiguration'),
    discovery: { bootstrapToken },
  }
  return { ...spec, joinConfiguration }
}

// As the control plane provider compares it: with its defaults, without what only kubeadm init used.
function joinedConfig(spec: JsonObject): JsonObject {
  const imagePullPolicy = 'IfNotPresent'
  return {
    ...spec,
    clusterConfiguration: {
      ...objectOrEmptyAt(spec, 'clusterConfiguration'),
      featureGates: { ControlPlaneKubeletLocalMode: true },
    },
    initConfiguration: { nodeRegistration: { imagePullPolicy } },
    joinConfiguration: {
      nodeRegistration: {
        ...objectOrEmptyAt(spec, 'joinConfiguration', 'nodeRegistration'),
        imagePullPolicy,
      },
      controlPlane: {},
    },
    format: 'cloud-config',
  }
}
