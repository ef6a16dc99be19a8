import { conditionOf, type Resource } from '../../../src/dev/sandbox/objects.ts'
import { at } from '../../../src/json/path.ts'

/** Everything of the objects that users and controllers decide, without status. */
export function fingerprint(objects: readonly Resource[]): string {
  return JSON.stringify(
    objects.map(({ kind, metadata, spec }) => [
      kind,
      metadata?.name,
      metadata?.labels,
      metadata?.annotations,
      metadata?.deletionTimestamp,
      spec,
    ]),
  )
}

/** Why the controllers do not go on with the topology; undefined while they do. */
export function refusalIn(objects: readonly Resource[]): string | undefined {
  const cluster = objects.find(({ kind }) => kind === 'Cluster')
  const { reason, message } = conditionOf(cluster, 'TopologyReconciled')
  return reason === 'ReconcileFailed' ? message : undefined
}

/** What the controllers have still to do; undefined when there is nothing. */
export function whatIsMissing(objects: readonly Resource[]): string | undefined {
  const cluster = objects.find(({ kind }) => kind === 'Cluster')
  const reconciled = conditionOf(cluster, 'TopologyReconciled')
  const generation = cluster?.metadata?.generation ?? 0
  if (reconciled.status !== 'True' || reconciled.observedGeneration < generation)
    return `TopologyReconciled is not true: ${reconciled.message}`
  const onDelete = objects.filter(isOnDelete).map(deploymentOf)
  for (const object of objects) {
    const { kind, metadata } = object
    const isOld = deploymentOf(object) !== undefined && onDelete.includes(deploymentOf(object))
    const missing = metadata?.deletionTimestamp ? 'is being deleted' : missingOf(object, isOld)
    if (missing !== undefined) return `${kind} ${metadata?.name} ${missing}`
  }
  return undefined
}

const deploymentOf = ({ metadata }: Resource) =>
  metadata?.labels?.['topology.cluster.x-k8s.io/deployment-name']
const isOnDelete = ({ kind, spec }: Resource) =>
  kind === 'MachineDeployment' && at(spec, 'rollout', 'strategy', 'type') === 'OnDelete'

const wantedOfMachine = [
  ['Available', 'True'],
  ['UpToDate', 'True'],
  ['Updating', 'False'],
] as const
const kindsWithReplicas = ['KubeadmControlPlane', 'MachineDeployment', 'MachineSet']

/** @param mayBeOld Whether its Machines need not be up to date. */
function missingOf(object: Resource, mayBeOld: boolean): string | undefined {
  const { kind = '', metadata, spec, status } = object
  if (kind === 'Machine')
    for (const [type, wanted] of wantedOfMachine) {
      const condition = conditionOf(object, type)
      if (mayBeOld && type === 'UpToDate') continue
      if (condition.status !== wanted) return `is ${type} ${condition.status}: ${condition.message}`
    }
  if (!kindsWithReplicas.includes(kind)) return undefined
  if (status?.['observedGeneration'] !== metadata?.generation) return 'is not observed'
  const wanted = Number(spec?.['replicas'] ?? 0)
  const fields = ['replicas', 'availableReplicas', ...(mayBeOld ? [] : ['upToDateReplicas'])]
  const missing = fields.find((field) => Number(status?.[field] ?? 0) !== wanted)
  return missing && `has ${missing} ${status?.[missing] ?? 0} of ${wanted}`
}

/** Checks again and again until nothing is missing. Rejects after so many seconds and says what was missing last. */
export async function until(
  seconds: number,
  check: () => string | undefined | Promise<string | undefined>,
): Promise<void> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const missing = await check()
    if (missing === undefined) return
    if (Date.now() > end) throw new Error(`${missing} (waited ${seconds} seconds)`)
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}
