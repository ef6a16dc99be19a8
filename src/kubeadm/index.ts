export { addCertSAN } from './add-cert-san.ts'
export { appendCommand, type CommandList, prependCommand } from './commands.ts'
export { type Kubeadm, type KubeadmHolder, kubeadmOf } from './kubeadm.ts'
export {
  type KubeadmPatchCall,
  type KubeadmSelector,
  patchKubeadm,
} from './patch-kubeadm.ts'
export { type KubeadmFile, putFile } from './put-file.ts'
export { type KubeadmComponent, setArgument } from './set-argument.ts'
export {
  type KubeadmConfig,
  type KubeadmConfigSpecV1Beta1,
  type KubeadmConfigSpecV1Beta2,
  KubeadmConfigTemplate,
  type KubeadmConfigTemplateV1Beta1,
  type KubeadmConfigTemplateV1Beta2,
  type KubeadmConfigV1Beta1,
  type KubeadmConfigV1Beta2,
  type KubeadmControlPlane,
  KubeadmControlPlaneTemplate,
  type KubeadmControlPlaneTemplateV1Beta1,
  type KubeadmControlPlaneTemplateV1Beta2,
  type KubeadmControlPlaneV1Beta1,
  type KubeadmControlPlaneV1Beta2,
} from './types.ts'
