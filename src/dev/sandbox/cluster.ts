import { PatchStrategy } from '@kubernetes/client-node'
import { isObject, type JsonObject, objectAt } from '../../json/json.ts'
import { variablesFor } from './cluster-class.ts'
import { clusterClassKind, readManifest, type SandboxedExtension } from './extension.ts'
import {
  applyObjects,
  type Check,
  conditionOf,
  oneLine,
  parseYaml,
  type Resource,
} from './objects.ts'
import type { Sandbox } from './sandbox.ts'

/** The one Cluster that the scenarios play with. */
export const clusterKind = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Cluster',
  name: 'demo',
} as const

const labelSelector = `cluster.x-k8s.io/cluster-name=${clusterKind.name}`
/** Its Machines. */
export const machineKind = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Machine',
  labelSelector,
} as const
const kubeadmConfigKind = {
  apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2',
  kind: 'KubeadmConfig',
  labelSelector,
}

/** Whether the Cluster is there. */
export async function clusterExists(sandbox: Sandbox): Promise<boolean> {
  const { apiVersion, kind, name } = clusterKind
  const { items } = await sandbox.objects.list(apiVersion, kind, 'default')
  return items.some(({ metadata }) => metadata?.name === name)
}

/**
 * The Cluster of the manifest, with values for the variables that the ClusterClass requires. Rejects with StartError for
 * one that has to be given.
 */
export async function clusterManifest(sandbox: SandboxedExtension): Promise<Resource> {
  const { name, ...kind } = clusterClassKind
  const clusterClass = await sandbox.objects.read<Resource>({ ...kind, metadata: { name } })
  const [cluster] = parseYaml(await readManifest('cluster'))
  const topology = objectAt(cluster?.spec, ['topology'])
  const variables = variablesFor(clusterClass, sandbox.variables)
  const changed = { ...topology, ...(variables.length > 0 && { variables }) }
  return { ...cluster, spec: { ...cluster?.spec, topology: changed } }
}

/** Creates it. */
export async function createCluster(sandbox: SandboxedExtension): Promise<void> {
  await applyObjects(sandbox, [await clusterManifest(sandbox)])
}

/** Changes the Cluster's topology, and the values of some of its variables. */
export async function changeTopology(
  sandbox: Sandbox,
  topology: JsonObject,
  variables: JsonObject = {},
): Promise<void> {
  const { apiVersion, kind, name } = clusterKind
  const found = await sandbox.objects.read<Resource>({ apiVersion, kind, metadata: { name } })
  const spec = { topology: changedTopology(found, topology, variables) }
  const body = { apiVersion, kind, metadata: { name }, spec }
  const { MergePatch } = PatchStrategy
  await sandbox.objects.patch(body, undefined, undefined, undefined, undefined, MergePatch)
}

/** A merge patch of a Cluster's topology that keeps the variables that are not changed. */
export function changedTopology(
  cluster: Resource,
  topology: JsonObject,
  variables: JsonObject,
): JsonObject {
  const kept = listAt(cluster.spec, ['topology'], 'variables').filter(
    (variable) => !Object.hasOwn(variables, String(variable['name'])),
  )
  const changed = Object.entries(variables).map(([name, value]) => ({ name, value }))
  return { ...topology, variables: notEmpty([...kept, ...changed]) }
}

/** Waits until the Cluster and its Machines are as the topology says, and gives the Machines. */
export async function waitUntilSettled(sandbox: Sandbox, seconds = 240): Promise<Resource[]> {
  const [cluster] = await sandbox.waitFor(clusterKind, isSettled, seconds)
  const machines = await sandbox.waitFor(machineKind, areAsIn(cluster), seconds)
  await sandbox.waitFor(clusterKind, isSettled, seconds)
  return machines
}

/** Waits until every Machine of the Cluster has the file. */
export async function waitForFile(sandbox: Sandbox, path: string, seconds: number): Promise<void> {
  await sandbox.waitFor(
    kubeadmConfigKind,
    (configs) => {
      const without = configs.filter(
        ({ spec }) => !listAt(spec, [], 'files').some((file) => file['path'] === path),
      )
      return without.length === 0 ? undefined : `${without.length} Machines are without ${path}`
    },
    seconds,
  )
}

/** Whether a Cluster is as its topology says. */
export const isSettled: Check = ([cluster]) => {
  const generation = cluster?.metadata?.generation ?? 0
  for (const type of ['TopologyReconciled', 'Available']) {
    const { status, message, observedGeneration } = conditionOf(cluster, type)
    if (status !== 'True' || observedGeneration < generation)
      return `Cluster ${clusterKind.name} is not ${type}: ${oneLine(message)}`
  }
  return undefined
}

/** Whether Machines are those that the topology of the Cluster asks for. */
export function areAsIn(cluster: Resource | undefined): Check {
  const topology = objectAt(cluster?.spec, ['topology'])
  const version = topology?.['version']
  const count = [
    objectAt(topology, ['controlPlane']),
    ...listAt(topology, ['workers'], 'machineDeployments'),
  ].reduce((sum, group) => sum + Number(group?.['replicas']), 0)
  return (machines) => {
    const wanted = machines.filter(
      (machine) =>
        machine.spec?.['version'] === version &&
        ['Available', 'UpToDate'].every((type) => conditionOf(machine, type).status === 'True'),
    )
    return wanted.length === count && machines.length === count
      ? undefined
      : `of ${machines.length} Machines ${wanted.length} run ${version} and are up to date, ${count} shall`
  }
}

function listAt(root: unknown, path: readonly string[], key: string): JsonObject[] {
  const list = objectAt(root, path)?.[key]
  return Array.isArray(list) ? list.filter(isObject) : []
}

// The API server takes no empty list.
const notEmpty = (variables: JsonObject[]) => (variables.length > 0 ? variables : undefined)
