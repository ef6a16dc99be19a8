import { defineHook } from 'capi-extension'
import { GeneratePatches } from 'capi-extension/hooks'
import { type PatchCall, patchTemplate, walkTemplates } from 'capi-extension/topology'
import { kindImage } from '../sample/kind-images.ts'
import * as kubeadm from '../sample/kubeadm.ts'
import { type Values, variables } from '../sample/sample-variables.ts'
import * as templates from '../sample/templates.ts'

/** Patches the templates of a topology as Cluster API's test extension does. */
export default defineHook(GeneratePatches, (call) =>
  walkTemplates(call, { variables, unknownTypes: 'fail', knownTypes: templates.knownTypes }, [
    patchTemplate(templates.DevClusterTemplate, ({ template, variables: { imageRepository } }) => {
      if (imageRepository === undefined) return
      addMetadata(template.spec.template)
      const docker = template.spec.template.spec.backend?.docker
      if (docker) docker.loadBalancer = { ...docker.loadBalancer, imageRepository }
    }),
    patchTemplate(templates.DevMachineTemplate, ({ template, builtin }) => {
      addMetadata(template)
      const { controlPlane, machineDeployment } = builtin
      return setImage(template, controlPlane?.version ?? machineDeployment?.version)
    }),
    patchTemplate(templates.DevMachinePoolTemplate, ({ template, builtin }) => {
      addMetadata(template.spec.template)
      return setImage(template, builtin.machinePool?.version)
    }),
    patchTemplate(templates.KubeadmControlPlaneTemplate, (patchCall) => {
      const { spec } = patchCall.template.spec.template
      const maxSurge = maxSurgeOf(patchCall.variables)
      if (maxSurge !== undefined) {
        const strategy = spec.rollout?.strategy
        const rollingUpdate = { ...strategy?.rollingUpdate, maxSurge }
        spec.rollout = {
          ...spec.rollout,
          strategy: { ...strategy, type: 'RollingUpdate', rollingUpdate },
        }
      }
      return patchControlPlane(patchCall, kubeadm.addArguments)
    }),
    patchTemplate(templates.KubeadmControlPlaneTemplateV1Beta1, (patchCall) => {
      const { spec } = patchCall.template.spec.template
      const maxSurge = maxSurgeOf(patchCall.variables)
      if (maxSurge !== undefined) {
        const rollingUpdate = { ...spec.rolloutStrategy?.rollingUpdate, maxSurge }
        spec.rolloutStrategy = { ...spec.rolloutStrategy, rollingUpdate }
      }
      return patchControlPlane(patchCall, kubeadm.addArgumentsV1Beta1)
    }),
    patchTemplate(templates.KubeadmConfigTemplate, (patchCall) =>
      patchWorkers(patchCall, kubeadm.addArguments),
    ),
    patchTemplate(templates.KubeadmConfigTemplateV1Beta1, (patchCall) =>
      patchWorkers(patchCall, kubeadm.addArgumentsV1Beta1),
    ),
  ]),
)

function patchControlPlane<Args>(
  { template, variables, builtin }: PatchCall<templates.KubeadmControlPlane<Args>, Values>,
  addArguments: kubeadm.AddArguments<Args>,
) {
  const version = builtin.controlPlane?.version
  if (typeof version !== 'string') return withoutVersion
  const resource = template.spec.template
  addMetadata(resource)
  resource.spec.kubeadmConfigSpec ??= {}
  kubeadm.addControlPlaneArguments(resource.spec.kubeadmConfigSpec, addArguments, version)
  kubeadm.addFilesAndCommands(resource.spec.kubeadmConfigSpec, variables)
  return undefined
}

function patchWorkers<Args>(
  { template, variables, holder }: PatchCall<templates.KubeadmConfig<Args>, Values>,
  addArguments: kubeadm.AddArguments<Args>,
) {
  // Cluster API drops a template's own metadata for a MachinePool; Go's extension sets it there,
  // too.
  if (holder.kind !== 'MachinePool')
    addMetadata(template, variables.kubeadmConfigTemplateAnnotations)
  kubeadm.addWorkerArguments(template.spec.template.spec, addArguments)
  kubeadm.addFilesAndCommands(template.spec.template.spec, variables)
}

function addMetadata(owner: templates.HasMetadata, annotations: Record<string, string> = {}): void {
  owner.metadata ??= {}
  owner.metadata.labels ??= {}
  owner.metadata.labels['top-level-label-1'] = 'top-level-label-value-1'
  owner.metadata.annotations ??= {}
  owner.metadata.annotations['top-level-annotation-1'] = 'top-level-annotation-value-1'
  Object.assign(owner.metadata.annotations, annotations)
}

function setImage(template: templates.DevMachines, version: string | null | undefined) {
  const image = kindImage(version ?? '')
  if (image === undefined) return withoutVersion
  const docker = template.spec.template.spec.backend?.docker
  if (docker) docker.customImage = image
  return undefined
}

const withoutVersion = {
  status: 'Failure',
  message: 'the builtin variables of a template hold no Kubernetes version to patch it for',
} as const

// As Go reads an int-or-string: 1 is a number, 20% a percentage (intstr.Parse); an empty one is
// unset.
function maxSurgeOf({ kubeadmControlPlaneMaxSurge: value }: Values): number | string | undefined {
  if (!value) return undefined
  const number = /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN
  return number === (number | 0) ? number : value
}
