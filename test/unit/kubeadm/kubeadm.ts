import { type Kubeadm, kubeadmOf } from '../../../src/kubeadm/index.ts'

export type Version = Kubeadm['version']
export type Role = Kubeadm['role']

/** A configuration in a template of its version and role. */
export function kubeadm(version: Version, role: Role, spec: object = {}): Kubeadm {
  const made = kubeadmOf(template(version, role, spec))
  if (!made) throw new Error(`kubeadmOf knows no ${role} in ${version}`)
  return made
}

/** A template of a control plane or of workers. */
export function template(version: Version, role: Role, spec: object) {
  const isWorker = role === 'worker'
  return {
    apiVersion: `${isWorker ? 'bootstrap' : 'controlplane'}.cluster.x-k8s.io/${version}`,
    kind: isWorker ? 'KubeadmConfigTemplate' : 'KubeadmControlPlaneTemplate',
    metadata: { name: role },
    spec: { template: { spec: isWorker ? spec : { kubeadmConfigSpec: spec } } },
  }
}

export const [v1beta1, v1beta2] = ['v1beta1', 'v1beta2'] as const
export const [controlPlane, worker] = ['control-plane', 'worker'] as const
export const everywhere = [v1beta1, v1beta2].flatMap((version) =>
  [controlPlane, worker].map((role) => [version, role] as const),
)
