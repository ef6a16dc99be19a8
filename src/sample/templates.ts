import { templateType } from 'capi-extension/topology'
import type { Arguments, ArgumentsV1Beta1, KubeadmConfigSpec } from './kubeadm.ts'

// Of each template the part that generate-patches touches.

/** Labels and annotations of a template, or of the object that it becomes. */
export interface HasMetadata {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
}
/** A template of an object with this spec. */
export interface Template<Spec> extends HasMetadata {
  spec: { template: HasMetadata & { spec: Spec } }
}

const infrastructure = 'infrastructure.cluster.x-k8s.io'

/** test/infrastructure/docker/api/v1beta2, as all DevTemplates. */
export const DevClusterTemplate = templateType<
  Template<{ backend?: { docker?: { loadBalancer?: { imageRepository?: string } } } }>
>(`${infrastructure}/v1beta2`, 'DevClusterTemplate')

/** Of machines the image that Docker runs them in. */
export type DevMachines = Template<{ backend?: { docker?: { customImage?: string } } }>

/** For the machines of the control plane and of MachineDeployments. */
export const DevMachineTemplate = templateType<DevMachines>(
  `${infrastructure}/v1beta2`,
  'DevMachineTemplate',
)
/** For MachinePools. */
export const DevMachinePoolTemplate = templateType<DevMachines>(
  `${infrastructure}/v1beta2`,
  'DevMachinePoolTemplate',
)

/** Of a control plane in either version its nodes. */
export type KubeadmControlPlane<Args> = Template<{ kubeadmConfigSpec?: KubeadmConfigSpec<Args> }>
type RollingUpdate = { rollingUpdate?: { maxSurge?: number | string } }

/** api/controlplane/kubeadm/v1beta2 */
export const KubeadmControlPlaneTemplate = templateType<
  KubeadmControlPlane<Arguments> &
    Template<{ rollout?: { strategy?: RollingUpdate & { type?: string } } }>
>('controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlaneTemplate')

/** api/controlplane/kubeadm/v1beta1 */
export const KubeadmControlPlaneTemplateV1Beta1 = templateType<
  KubeadmControlPlane<ArgumentsV1Beta1> & Template<{ rolloutStrategy?: RollingUpdate }>
>('controlplane.cluster.x-k8s.io/v1beta1', 'KubeadmControlPlaneTemplate')

/** Of worker nodes in either version what they are joined with. */
export type KubeadmConfig<Args> = Template<KubeadmConfigSpec<Args>>

/** api/bootstrap/kubeadm/v1beta2 */
export const KubeadmConfigTemplate = templateType<KubeadmConfig<Arguments>>(
  'bootstrap.cluster.x-k8s.io/v1beta2',
  'KubeadmConfigTemplate',
)

/** api/bootstrap/kubeadm/v1beta1 */
export const KubeadmConfigTemplateV1Beta1 = templateType<KubeadmConfig<ArgumentsV1Beta1>>(
  'bootstrap.cluster.x-k8s.io/v1beta1',
  'KubeadmConfigTemplate',
)

const docker = ['DockerClusterTemplate', 'DockerMachineTemplate', 'DockerMachinePoolTemplate']

/** Templates that Go's extension knows and leaves alone. */
export const knownTypes = {
  [`${infrastructure}/v1beta1`]: ['DevClusterTemplate', 'DevMachineTemplate', ...docker],
  [`${infrastructure}/v1beta2`]: docker,
}
