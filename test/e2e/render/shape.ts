import { handlerPath } from '../../../src/contract/contract.ts'
import type { Resource } from '../../../src/dev/sandbox/objects.ts'
import { createApp } from '../../../src/extension/app.ts'
import type { Hook } from '../../../src/handler/hook.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { at } from '../../../src/json/path.ts'
import { inMemoryCluster } from '../../../src/kubernetes/management-cluster.ts'
import { renderTopology } from '../../../src/render/render.ts'
import type { Rendered } from '../../../src/render/types.ts'
import { silent } from '../../support/silent.ts'
import type { Attached } from '../sandbox.ts'

/** A Cluster, its ClusterClass and the extension that patches it. */
export interface Shape {
  readonly namespace: string
  readonly cluster: string
  readonly classNamespace: string
  readonly clusterClass: string
  readonly hooks: readonly Hook[]
  /** Of the ExtensionConfig. */
  readonly settings: JsonObject
}

/** A request that a render would send, with its handler. */
export interface Sent {
  readonly handler: string
  readonly request: JsonObject
}

/** Renders a Cluster: what is rendered, and each request with the settings that the controllers add. */
export async function render(
  { hooks, settings }: Shape,
  input: Omit<Parameters<typeof renderTopology>[0], 'call'>,
): Promise<{ rendered: Rendered; sent: Sent[] }> {
  const app = createApp({ hooks: [...hooks] }, { log: silent, cluster: inMemoryCluster() })
  const sent: Sent[] = []
  const rendered = await renderTopology({
    ...input,
    async call(handler, _, given) {
      const own = isObject(given['settings']) ? given['settings'] : {}
      const request = { ...given, settings: { ...settings, ...own } }
      sent.push({ handler, request })
      const hook = hooks.find(({ name }) => handler.startsWith(`${name}.`))
      if (!hook) return undefined
      const body = JSON.stringify(request)
      const path = handlerPath(hook.contract, hook.name)
      const answer: unknown = await (await app.request(path, { method: 'POST', body })).json()
      return isObject(answer) ? answer : undefined
    },
  })
  return { rendered, sent }
}

const core = 'cluster.x-k8s.io/v1beta2'
const kindsOfCluster = [
  [core, 'MachineDeployment'],
  [core, 'MachinePool'],
  ['controlplane.cluster.x-k8s.io/v1beta2', 'KubeadmControlPlane'],
] as const

/** Reads what a render needs, as the API server has it. */
export async function readInput({ objects: api }: Attached, shape: Shape) {
  const read = async (apiVersion: string, kind: string, name: string, namespace: string) =>
    toJson(await api.read<Resource>({ apiVersion, kind, metadata: { name, namespace } }))
  const list = async (apiVersion: string, kind: string) =>
    (await api.list<Resource>(apiVersion, kind, shape.namespace)).items.map(toJson)
  const clusterClass = await read(core, 'ClusterClass', shape.clusterClass, shape.classNamespace)
  return {
    clusterClass,
    templates: await Promise.all(
      referencesIn(clusterClass['spec']).map(({ apiVersion, kind, name }) =>
        read(String(apiVersion), String(kind), String(name), shape.classNamespace),
      ),
    ),
    objects: (
      await Promise.all(kindsOfCluster.map(([version, kind]) => list(version, kind)))
    ).flat(),
  }
}

/** The Cluster as it is stored. */
export async function readCluster({ objects: api }: Attached, { namespace, cluster: name }: Shape) {
  const metadata = { name, namespace }
  return toJson(await api.read<Resource>({ apiVersion: core, kind: 'Cluster', metadata }))
}

function referencesIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  const { templateRef: reference, ...others } = value
  const below = Object.values(others).flatMap(referencesIn)
  return isObject(reference) ? [reference, ...below] : below
}

/** The client makes dates of some texts. */
export const toJson = (object: object): JsonObject => JSON.parse(JSON.stringify(object))

/** The namespace of the Cluster that a request of GeneratePatches or ValidateTopology is about. */
export function namespaceOf({ items }: JsonObject): unknown {
  return Array.isArray(items) ? at(items[0], 'holderReference', 'namespace') : undefined
}
