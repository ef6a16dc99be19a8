/**
 * A kind of template in one or several versions; T is the part of it that patches touch.
 *
 * @example
 * ```ts
 * const isOf = ({ apiVersions, kind }: TemplateType, object: { apiVersion: string; kind: string }) =>
 *   object.kind === kind && apiVersions.includes(object.apiVersion)
 * ```
 */
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
 * ```ts
 * interface GCPMachineTemplate {
 *   spec: { template: { spec: { instanceType: string; image?: string } } }
 * }
 * const GCPMachineTemplate = templateType<GCPMachineTemplate>(
 *   'infrastructure.cluster.x-k8s.io/v1beta1',
 *   'GCPMachineTemplate',
 * )
 *
 * interface V1Beta1 {
 *   apiVersion: 'example.com/v1beta1'
 *   spec: { template: { spec: { image?: string } } }
 * }
 * interface V1Beta2 {
 *   apiVersion: 'example.com/v1beta2'
 *   spec: { template: { spec: { disk?: { image: string } } } }
 * }
 * const MachineTemplate = templateType<V1Beta1 | V1Beta2>(
 *   ['example.com/v1beta1', 'example.com/v1beta2'],
 *   'MachineTemplate',
 * )
 * ```
 */
export function templateType<T extends object>(
  apiVersion: string | readonly string[],
  kind: string,
): TemplateType<T> {
  const apiVersions = [...new Set(typeof apiVersion === 'string' ? [apiVersion] : apiVersion)]
  if (apiVersions.length === 0) throw new Error(`templateType: ${kind} needs an apiVersion`)
  return { apiVersions, kind }
}
