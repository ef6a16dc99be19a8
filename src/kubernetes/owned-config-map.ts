import { createHash } from 'node:crypto'
import type { KubernetesObject, OwnerReference } from './objects.ts'
import type { NamedOwner } from './state.ts'

const managedBy = 'app.kubernetes.io/managed-by'
const clusterName = 'cluster.x-k8s.io/cluster-name'

// A DNS subdomain, as names of ConfigMaps have to be.
const namePattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/
const maxNameLength = 253
const labelPattern = /^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?$/

/** The name of the ConfigMap that an extension has for an owner. What is no name, or too long, ends with a hash. */
export function configMapName({ kind, name }: NamedOwner, extension: string): string {
  const ofKind = kind === 'Cluster' ? '' : `-${kind.toLowerCase()}`
  const base = `${name}${ofKind}-${extension}`
  const whole = `${base}-state`
  if (whole.length <= maxNameLength && namePattern.test(whole)) return whole
  const end = `-${createHash('sha256').update(whole).digest('hex').slice(0, 16)}-state`
  const readable = base.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const start = readable.slice(0, maxNameLength - end.length).replace(/-$/, '')
  return (start + end).replace(/^-/, '')
}

/** The labels of the ConfigMap: whose it is, and of which Cluster where that is known and a label can hold it. */
export function configMapLabels(owner: NamedOwner, extension: string): Record<string, string> {
  const { kind, name, metadata } = owner
  const cluster = kind === 'Cluster' ? name : metadata.labels?.[clusterName]
  const manager = extension.replace(/[^a-zA-Z0-9._-]/g, '-').replace(/^[^a-zA-Z0-9]+/, '')
  return {
    [managedBy]: manager.slice(0, 63).replace(/[^a-zA-Z0-9]+$/, ''),
    ...(cluster && labelPattern.test(cluster) && { [clusterName]: cluster }),
  }
}

/** An owner as the API server knows it. */
export interface LiveOwner extends OwnerReference {
  creationTimestamp: string | undefined
}

/**
 * Whose a ConfigMap of this name is. `earlier`: garbage collection has not yet taken it with an earlier object of the
 * same kind and name, which it is older than this one for. `other`: it is of a later object, so that this call is late;
 * or of another extension or object whose names make the same name.
 */
export function whose(
  { metadata }: KubernetesObject,
  owner: LiveOwner,
  labels: Readonly<Record<string, string>>,
): 'ours' | 'earlier' | 'other' {
  const owners = metadata.ownerReferences ?? []
  if (metadata.labels?.[managedBy] !== labels[managedBy]) return 'other'
  if (owners.some(({ uid }) => uid === owner.uid)) return 'ours'
  const isOfSameName = owners.every(({ kind, name }) => kind === owner.kind && name === owner.name)
  const made = Date.parse(metadata.creationTimestamp ?? '')
  return isOfSameName && made < Date.parse(owner.creationTimestamp ?? '') ? 'earlier' : 'other'
}
