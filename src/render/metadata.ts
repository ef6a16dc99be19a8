/** Labels or annotations. */
export type StringMap = Readonly<Record<string, string>>

/** Labels and annotations of an object. */
export interface Marks {
  readonly labels: StringMap
  readonly annotations: StringMap
}

/** Labels that the topology controller puts on every object of a Cluster. */
export function ownedLabels(clusterName: string) {
  return { 'cluster.x-k8s.io/cluster-name': clusterName, 'topology.cluster.x-k8s.io/owned': '' }
}

/** Annotations of what was made of a template. */
export function clonedFrom({ apiVersion, kind }: { apiVersion: string; kind: string }, name = '') {
  return {
    'cluster.x-k8s.io/cloned-from-groupkind': `${kind}.${groupOf(apiVersion)}`,
    'cluster.x-k8s.io/cloned-from-name': name,
  }
}

/** The group of an apiVersion, empty for the core one. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : ''
}

// They may be larger than the object itself (patches/template.go, patches/variables/variables.go).
const large = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'cluster.x-k8s.io/conversion-data',
]

/** Annotations without those that the controller sends to no extension. */
export function sentAnnotations(annotations: StringMap): StringMap {
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !large.includes(key)))
}

/** Metadata as Go writes it: nothing that is empty. */
export function writtenMarks({ labels, annotations }: Marks) {
  const isEmpty = (map: StringMap) => Object.keys(map).length === 0
  return {
    ...(!isEmpty(labels) && { labels }),
    ...(!isEmpty(annotations) && { annotations }),
  }
}
