import type { Resource } from '../../../src/dev/sandbox/objects.ts'
import { differences } from '../../../src/json/differences.ts'
import type { JsonObject } from '../../../src/json/json.ts'
import { at } from '../../../src/json/path.ts'

/** What the controllers did with the objects of a holder. */
export interface Observed {
  /** `control plane`, `MachineDeployment md-0` or `infrastructure cluster`. */
  readonly holder: string
  /** Machines that there were. */
  readonly machines: number
  /** Machines that went and have others in their place. */
  readonly replaced: number
  /** Machines that stayed and were updated by the extension. */
  readonly inPlace: number
  /** What changed in objects that stayed: `Machine demo-x spec.files`. */
  readonly changes: readonly string[]
}

/** What happened between two snapshots, for each holder. */
export function observe(
  before: readonly Resource[],
  after: readonly Resource[],
  updated: readonly string[],
): Observed[] {
  const holders = [...new Set(before.flatMap((object) => holderOf(object) ?? []))].sort()
  return holders.map((holder) => {
    const [old, now] = [before, after].map((objects) =>
      objects.filter((object) => holderOf(object) === holder),
    ) as [Resource[], Resource[]]
    const stayed = (object: Resource) =>
      now.find(({ metadata }) => metadata?.uid === object.metadata?.uid)
    const machines = old.filter(({ kind }) => kind === 'Machine')
    const gone = machines.filter((machine) => !stayed(machine)).length
    const fewer = machines.length - now.filter(({ kind }) => kind === 'Machine').length
    const isUpdated = ({ metadata }: Resource) => updated.includes(String(metadata?.name))
    return {
      holder,
      machines: machines.length,
      replaced: gone - Math.max(0, fewer),
      inPlace: machines.filter((machine) => stayed(machine) && isUpdated(machine)).length,
      changes: old.flatMap((object) => {
        const name = `${object.kind} ${object.metadata?.name}`
        const later = stayed(object)
        if (!later) return [`${name} went`]
        return differences(whole(object), whole(later)).map((path) => `${name} ${path}`)
      }),
    }
  })
}

// The rest of the metadata is the server's. A write of the topology controller may change only what it owns.
function whole({ metadata, spec }: Resource): JsonObject {
  const { labels, annotations, managedFields = [] } = metadata ?? {}
  const owned = managedFields.find(({ manager }) => manager === 'capi-topology')?.fieldsV1
  return { metadata: { labels, annotations, owned }, spec }
}

const deploymentLabel = 'topology.cluster.x-k8s.io/deployment-name'

function holderOf(object: Resource): string | undefined {
  const { kind, metadata } = object
  const labels = metadata?.labels ?? {}
  // Templates of the ClusterClass are the user's.
  if (labels['cluster.x-k8s.io/cluster-name'] === undefined) return undefined
  const deployment = labels[deploymentLabel]
  if (deployment !== undefined) return `MachineDeployment ${deployment}`
  if (kind === 'DevCluster') return 'infrastructure cluster'
  if (kind === 'Cluster') return undefined
  const owner = at(object, 'metadata', 'ownerReferences')
  return kind === 'KubeadmControlPlane' || Array.isArray(owner) ? 'control plane' : undefined
}
