import { makeObjects, placeOf } from './place.ts'
import type {
  KubeadmConfig,
  KubeadmConfigSpecV1Beta1,
  KubeadmConfigSpecV1Beta2,
  KubeadmConfigTemplate,
  KubeadmControlPlane,
  KubeadmControlPlaneTemplate,
} from './types.ts'

/**
 * The kubeadm configuration of some machines, in either version of its API. `version` tells apart
 * what the versions write differently.
 *
 * @example
 * ```ts
 * if (kubeadm.version === 'v1beta2')
 *   kubeadm.spec.joinConfiguration = { timeouts: { discoverySeconds: 60 } }
 * ```
 *
 * @example A function for the specs of both versions.
 * ```ts
 * function addUser(spec: KubeadmConfigSpecV1Beta1 | KubeadmConfigSpecV1Beta2, name: string): void {
 *   spec.users = [...(spec.users ?? []), { name }]
 * }
 * ```
 */
export type Kubeadm =
  | KubeadmIn<'v1beta1', KubeadmConfigSpecV1Beta1>
  | KubeadmIn<'v1beta2', KubeadmConfigSpecV1Beta2>

interface KubeadmIn<Version extends string, Spec> {
  readonly version: Version
  /** Workers join a cluster and run no part of its control plane. */
  readonly role: 'control-plane' | 'worker'
  /**
   * The KubeadmConfigSpec as it stands in the object: change it. Its type is that of Cluster API
   * v1.14; older versions refuse the fields that they do not have, such as `files[].contentFormat`.
   */
  readonly spec: Spec
}

/**
 * An object that holds a KubeadmConfigSpec.
 *
 * @example
 * ```ts
 * function addUser(object: KubeadmHolder, name: string): void {
 *   const { spec } = kubeadmOf(object)
 *   spec.users = [...(spec.users ?? []), { name }]
 * }
 * ```
 */
export type KubeadmHolder =
  | KubeadmControlPlaneTemplate
  | KubeadmConfigTemplate
  | KubeadmControlPlane
  | KubeadmConfig

/**
 * The kubeadm configuration that an object holds, as a part of the object: at
 * `spec.template.spec.kubeadmConfigSpec` of a KubeadmControlPlaneTemplate, `spec.template.spec` of a
 * KubeadmConfigTemplate, `spec.kubeadmConfigSpec` of a KubeadmControlPlane and `spec` of a
 * KubeadmConfig. Makes an empty one where there is none. Undefined for other kinds and versions.
 *
 * The role is that of the kind. A KubeadmConfig is of the control plane when it has the label
 * `cluster.x-k8s.io/control-plane`.
 *
 * @example
 * ```ts
 * export default defineHook(CanUpdateMachine, ({ request }) => {
 *   const kubeadm = kubeadmOf(request.desired.bootstrapConfig ?? {})
 *   if (kubeadm?.role === 'control-plane')
 *     return { status: 'Failure', message: 'Control planes are not updated in place' }
 *   return
 * })
 * ```
 */
export function kubeadmOf(object: KubeadmHolder): Kubeadm
export function kubeadmOf(object: object): Kubeadm | undefined
export function kubeadmOf(object: object): Kubeadm | undefined {
  const place = placeOf(object)
  if (!place) return undefined
  const { version, role, path } = place
  // What stands there is of this type: the definition of the kind and version says so.
  return { version, role, spec: makeObjects(object, path) } as Kubeadm
}
