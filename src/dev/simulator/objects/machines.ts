import type { JsonObject } from '../../../json/json.ts'
import { names, ownedLabels, replicas, suffixed } from './cluster.ts'
import { bootstrapTemplateName, machineSets } from './machine-sets.ts'
import { clonedFrom, objectAt, type Rollout, reference, specOf } from './rollout.ts'
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
  return workerNames.map((name) => {
    const annotations = { ...inProgress, ...bootstrapped, ...updateMachinePending }
    const { apiVersion, kind, metadata } = bootstrapConfig(name, newMachineLabels)
    const cloned = clonedFrom('KubeadmConfigTemplate.bootstrap', bootstrapTemplate)
    return {
      desired: {
        machine: machine(name, newMachineLabels, annotations, desired.version),
        infrastructureMachine: infrastructureMachine(
          name,
          newMachineLabels,
          clonedFrom('DevMachineTemplate.infrastructure', names.machineTemplate),
          specOf(desired, 'machines'),
          inProgress,
        ),
        bootstrapConfig: {
          apiVersion,
          kind,
          metadata: { ...metadata, annotations: { ...cloned, ...inProgress } },
          spec: workerConfig(specOf(desired, 'bootstrap')),
        },
      },
    }
  })
}

/** The request of CanUpdateMachine for the only Machine of the control plane. */
export function canUpdateMachineRequest(current: Rollout, desired: Rollout) {
  return { current: controlPlaneObjects(current), desired: controlPlaneObjects(desired) }
}

/** The request of UpdateMachine for the only Machine of the control plane. */
export function updateControlPlaneRequest(desired: Rollout) {
  const { machine, infrastructureMachine, bootstrapConfig } = controlPlaneObjects(
    desired,
    inProgress,
  )
  const annotations = { ...machine.metadata.annotations, ...updateMachinePending }
  const metadata = { ...machine.metadata, annotations }
  return { desired: { machine: { ...machine, metadata }, infrastructureMachine, bootstrapConfig } }
}

function controlPlaneObjects(rollout: Rollout, marks?: JsonObject) {
  const name = controlPlaneMachine
  const annotations = { ...marks, ...bootstrapped, ...kcpCleanup }
  const { kind, apiVersion, metadata } = bootstrapConfig(name, controlPlaneLabels)
  const { kubeadmConfigSpec } = specOf(rollout, 'controlPlane')
  return {
    machine: machine(name, controlPlaneLabels, annotations, rollout.version, { readinessGates }),
    infrastructureMachine: infrastructureMachine(
      name,
      controlPlaneLabels,
      clonedFrom('DevMachineTemplate.infrastructure', names.controlPlaneMachines),
      specOf(rollout, 'controlPlaneMachines'),
      marks,
    ),
    bootstrapConfig: {
      kind,
      apiVersion,
      metadata: { ...metadata, ...(marks && { annotations: marks }) },
      spec: joinedConfig(objectAt(kubeadmConfigSpec)),
    },
  }
}

function machine(
  name: string,
  labels: JsonObject,
  annotations: JsonObject,
  version: string,
  more: JsonObject = {},
) {
  return {
    kind: 'Machine',
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    metadata: { name, namespace: names.namespace, labels, annotations },
    spec: {
      clusterName: names.cluster,
      bootstrap: { configRef: reference('KubeadmConfig', name, 'bootstrap'), dataSecretName: name },
      infrastructureRef: reference('DevMachine', name, 'infrastructure'),
      version,
      providerID: `in-memory://${name}`,
      ...more,
      deletion: { nodeDeletionTimeoutSeconds: 10 },
    },
  }
}

function infrastructureMachine(
  name: string,
  labels: JsonObject,
  cloned: JsonObject,
  spec: JsonObject,
  marks: JsonObject = {},
) {
  return {
    apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
    kind: 'DevMachine',
    metadata: { annotations: { ...cloned, ...marks }, labels, name, namespace: names.namespace },
    spec: { ...spec, providerID: `in-memory://${name}` },
  }
}

function bootstrapConfig(name: string, labels: JsonObject) {
  return {
    kind: 'KubeadmConfig',
    apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
    metadata: { name, namespace: names.namespace, labels },
  }
}

// The bootstrap provider adds how the Node finds its cluster.
function workerConfig(spec: JsonObject): JsonObject {
  const bootstrapToken = {
    apiServerEndpoint: '127.0.0.1:20000',
    caCertHashes: [`sha256:${'f9e91f7c'.repeat(8)}`],
    token: 'abcdef.0123456789abcdef',
  }
  const joinConfiguration = {
    ...objectAt(spec, 'joinConfiguration'),
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
      ...objectAt(spec, 'clusterConfiguration'),
      featureGates: { ControlPlaneKubeletLocalMode: true },
    },
    initConfiguration: { nodeRegistration: { imagePullPolicy } },
    joinConfiguration: {
      nodeRegistration: {
        ...objectAt(spec, 'joinConfiguration', 'nodeRegistration'),
        imagePullPolicy,
      },
      controlPlane: {},
    },
    format: 'cloud-config',
  }
}
