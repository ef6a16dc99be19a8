/** A kind of template in one or several versions; T is the part of it that patches touch. */
export interface TemplateType<T extends object = object> {
  /** All versions that T describes, each once. */
  readonly apiVersions: readonly string[]
  readonly kind: string
  /** Never set: it carries T. */
  readonly template?: T
}

/**
 * Names a kind of template, and gives it a type. With several versions one function is for all of
 * them, and T is a union; an `apiVersion` in each member lets the function tell them apart. Throws
 * when no version is given.
 *
 * @example
 * const DevMachineTemplate = templateType<DevMachineTemplate>(
 *   'infrastructure.cluster.x-k8s.io/v1beta2',
 *   'DevMachineTemplate',
 * )
 * const KubeadmConfigTemplate = templateType<
 *   | (KubeadmConfigTemplateV1Beta1 & { apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta1' })
 *   | (KubeadmConfigTemplateV1Beta2 & { apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2' })
 * >(
 *   ['bootstrap.cluster.x-k8s.io/v1beta1', 'bootstrap.cluster.x-k8s.io/v1beta2'],
 *   'KubeadmConfigTemplate',
 * )
 */
export function templateType<T extends object>(
  apiVersion: string | readonly string[],
  kind: string,
): TemplateType<T> {
  const apiVersions = [...new Set(typeof apiVersion === 'string' ? [apiVersion] : apiVersion)]
  if (apiVersions.length === 0) throw new Error(`templateType: ${kind} needs an apiVersion`)
  return { apiVersions, kind }
}
