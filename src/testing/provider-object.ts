import type { ObjectMetadata } from '../kubernetes/objects.ts'
import { groupOf } from '../render/metadata.ts'
import { withParts } from './part-of.ts'

/**
 * An object or a template of a provider. What is left out is that of the default; a `spec` replaces the default one.
 *
 * @example
 * ```ts
 * const template: ProviderObject = {
 *   apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
 *   kind: 'AWSMachineTemplate',
 *   spec: { template: { spec: { instanceType: 'm5.large' } } },
 * }
 * ```
 */
export interface ProviderObject {
  apiVersion?: string
  kind?: string
  /** Labels and annotations come beside those that every such object has. */
  metadata?: Partial<ObjectMetadata>
  spec?: object
}

/** An object with all that it needs. */
export interface WholeObject {
  apiVersion: string
  kind: string
  metadata: Partial<ObjectMetadata>
  spec: object
}

/** What is given of an object, completed with the default. */
export function complete(given: ProviderObject | undefined, usual: WholeObject): WholeObject {
  const metadata = withParts(usual.metadata, given?.metadata)
  return { ...usual, ...given, metadata }
}

/** A reference as v1beta2 writes it. */
export function contractReferenceTo({ apiVersion, kind, metadata: { name = '' } }: WholeObject) {
  return { kind, name, apiGroup: groupOf(apiVersion) }
}
