import { PatchStrategy } from '@kubernetes/client-node'
import type { Resource } from '../../../src/dev/sandbox/objects.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at, withValue } from '../../../src/json/path.ts'
import type { Attached } from '../sandbox.ts'
import type { Program, Seen } from './extension.ts'
import type { Start } from './manifests.ts'
import { fingerprint, refusalIn, until, whatIsMissing } from './settled.ts'

/** The kinds of a snapshot. */
const kinds = [
  ['cluster', ['ClusterClass', 'Cluster', 'MachineDeployment', 'MachineSet', 'Machine']],
  ['controlplane.cluster', ['KubeadmControlPlaneTemplate', 'KubeadmControlPlane']],
  ['bootstrap.cluster', ['KubeadmConfigTemplate', 'KubeadmConfig']],
  [
    'infrastructure.cluster',
    ['DevClusterTemplate', 'DevCluster', 'DevMachineTemplate', 'DevMachine'],
  ],
] as const
const core = 'cluster.x-k8s.io/v1beta2'
const clusterNameLabel = 'cluster.x-k8s.io/cluster-name'
const numberAnnotation = 'edits/number'

/** An edit as it reaches the management cluster. */
export interface Change {
  /** What the extension answers from now on. */
  readonly program?: Program
  /** Objects of the user as they are to be stored: changed or new ones. */
  readonly objects?: readonly JsonObject[]
}

/** What the controllers made of a change. */
export interface Outcome {
  readonly objects: readonly Resource[]
  /** Names of the Machines that the extension was called to update. */
  readonly updated: readonly string[]
  /** Why they did not take it. */
  readonly refusal?: string
}

/** A Cluster of the test, with its own namespace, ClusterClass and templates. */
export interface Edited {
  readonly name: string
  readonly start: Start
  program: Program
  /** All objects of the namespace that count. */
  snapshot(): Promise<Resource[]>
  /** The templates of the user in all their versions. */
  templates(): Promise<Resource[]>
  /** The object as it would be stored. */
  dryRun(object: JsonObject): Promise<JsonObject>
  /** Makes the change, and waits until the controllers have seen it and have nothing left to do. */
  make(change: Change, number: number): Promise<Outcome>
  settled(): Promise<Resource[]>
}

/** @param seen What all extensions of the test have seen. */
export function createEdited(sandbox: Attached, start: Start, seen: readonly Seen[]): Edited {
  const { name } = start
  const api = sandbox.objects
  const ownCalls = (from: number) => seen.slice(from).filter((call) => call.namespace === name)
  const list = async (apiVersion: string, kind: string) =>
    (await api.list<Resource>(apiVersion, kind, name)).items
  async function snapshot() {
    const lists = kinds.flatMap(([group, ofGroup]) =>
      ofGroup.map((kind) => list(`${group}.x-k8s.io/v1beta2`, kind)),
    )
    return (await Promise.all(lists)).flat()
  }
  async function templates() {
    const lists = kinds.flatMap(([group, ofGroup]) =>
      ofGroup
        .filter((kind) => kind.endsWith('Template'))
        .flatMap((kind) =>
          ['v1beta1', 'v1beta2'].map((version) => list(`${group}.x-k8s.io/${version}`, kind)),
        ),
    )
    return (await Promise.all(lists))
      .flat()
      .filter(({ metadata }) => metadata?.labels?.[clusterNameLabel] === undefined)
  }
  function annotate(value: string) {
    const metadata = { name, namespace: name, annotations: { [numberAnnotation]: value } }
    const body = { apiVersion: core, kind: 'Cluster', metadata }
    const { MergePatch } = PatchStrategy
    return api.patch(body, undefined, undefined, undefined, undefined, MergePatch)
  }
  const asked = (value: string) =>
    until(120, () =>
      ownCalls(0).some((call) => call.annotations?.[numberAnnotation] === value)
        ? undefined
        : `nobody asked for the patches of ${name} ${value}`,
    )
  /** What is not so for a while is not so: the controllers act within milliseconds, and try again within seconds. */
  async function settle(): Promise<{ objects: Resource[]; refusal?: string }> {
    let last = ''
    let since = Date.now()
    let objects: Resource[] = []
    let refusal: string | undefined
    await until(300, async () => {
      objects = await snapshot()
      refusal = refusalIn(objects)
      const missing = refusal === undefined ? whatIsMissing(objects) : undefined
      const now = fingerprint(objects) + refusal
      if (missing !== undefined || now !== last) since = Date.now()
      last = now
      const wanted = refusal === undefined ? 3000 : 10_000
      if (Date.now() - since >= wanted) return undefined
      return `${name}: ${missing ?? 'the objects change'}`
    })
    return { objects, ...(refusal !== undefined && { refusal }) }
  }
  const edited: Edited = {
    name,
    start,
    program: start.program,
    snapshot,
    templates,
    dryRun: (object) => store(sandbox, object, 'All'),
    async make({ program, objects = [] }, number) {
      const before = seen.length
      for (const object of objects) await store(sandbox, object)
      if (program) edited.program = program
      await until(60, async () => {
        const [found] = await list(core, 'ClusterClass')
        const isSeen = found?.status?.['observedGeneration'] === found?.metadata?.generation
        return isSeen ? undefined : `the ClusterClass of ${name} is not observed`
      })
      // The second reconciliation of a Cluster begins when the first has ended.
      for (const value of [`${number}`, `${number} again`]) {
        await annotate(value)
        await asked(value)
      }
      const outcome = await settle()
      const updated = ownCalls(before).flatMap((call) => call.updated ?? [])
      return { ...outcome, updated: [...new Set(updated)] }
    },
    async settled() {
      const { objects, refusal } = await settle()
      if (refusal !== undefined) throw new Error(`${name}: ${refusal}`)
      return objects
    },
  }
  return edited
}

async function store(
  { objects: api }: Attached,
  object: JsonObject,
  dryRun?: string,
): Promise<JsonObject> {
  const resource: Resource & { apiVersion: string; kind: string } = {
    ...object,
    apiVersion: String(object['apiVersion']),
    kind: String(object['kind']),
  }
  if (at(object, 'metadata', 'uid') === undefined)
    return { ...(await api.create(resource, undefined, dryRun)) }
  for (let attempt = 0; ; attempt++) {
    const { apiVersion, kind, metadata } = resource
    const { name = '', namespace = '' } = metadata ?? {}
    const stored = await api.read<Resource>({ apiVersion, kind, metadata: { name, namespace } })
    // Controllers write it as well, but not what the user decides.
    const body = withValue(
      object,
      ['metadata', 'resourceVersion'],
      stored.metadata?.resourceVersion,
    )
    try {
      return { ...(await api.replace({ ...resource, ...body }, undefined, dryRun)) }
    } catch (error) {
      if (attempt > 4 || !(isObject(error) && error['code'] === 409)) throw error
    }
  }
}
