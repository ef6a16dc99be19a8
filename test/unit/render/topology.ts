import { encodePatch } from '../../../src/contract/encode-patch.ts'
import { isObject, type JsonObject } from '../../../src/json/json.ts'
import { renderTopology } from '../../../src/render/render.ts'
import type { Item, RenderedHook, RenderInput } from '../../../src/render/types.ts'
import { byName } from '../../../src/topology/variable-values.ts'

const template = (group: string, kind: string, name: string, spec: object = {}): JsonObject => ({
  apiVersion: `${group}.cluster.x-k8s.io/v1beta2`,
  kind,
  metadata: { name },
  spec: { template: { spec } },
})

/** Templates of a ClusterClass. */
export const templates = {
  cluster: template('infrastructure', 'DevClusterTemplate', 'cluster'),
  controlPlane: template('controlplane', 'KubeadmControlPlaneTemplate', 'control-plane', {
    kubeadmConfigSpec: {},
  }),
  machines: template('infrastructure', 'DevMachineTemplate', 'machines'),
  bootstrap: template('bootstrap', 'KubeadmConfigTemplate', 'bootstrap'),
  pool: template('infrastructure', 'DevMachinePoolTemplate', 'pool'),
}

const refTo = ({ apiVersion, kind, metadata }: JsonObject) => ({
  templateRef: { apiVersion, kind, name: Object(metadata).name },
})

/** A ClusterClass with these patches, and with fields of its spec and of its control plane. */
export function clusterClassOf(
  patches: readonly object[] = [],
  spec: object = {},
  controlPlane: object = {},
): JsonObject {
  const { bootstrap, machines, pool } = templates
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'ClusterClass',
    metadata: { name: 'fleet', namespace: 'default' },
    spec: {
      infrastructure: refTo(templates.cluster),
      controlPlane: {
        ...refTo(templates.controlPlane),
        machineInfrastructure: refTo(machines),
        ...controlPlane,
      },
      workers: {
        machineDeployments: [
          { class: 'worker', bootstrap: refTo(bootstrap), infrastructure: refTo(machines) },
        ],
        machinePools: [{ class: 'pool', bootstrap: refTo(bootstrap), infrastructure: refTo(pool) }],
      },
      patches,
      ...spec,
    },
  }
}

/** A Cluster of it with one MachineDeployment. */
export function clusterOf(topology: object = {}, metadata: object = {}): JsonObject {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { name: 'demo', namespace: 'default', uid: 'a', ...metadata },
    spec: {
      topology: {
        classRef: { name: 'fleet' },
        version: 'v1.36.0',
        workers: { machineDeployments: [{ class: 'worker', name: 'md-0' }] },
        ...topology,
      },
    },
  }
}

/** An external patch whose handlers have the name of the patch. */
export function externalPatch(name: string, external: object = {}): JsonObject {
  return { name, external: { generatePatchesExtension: `generate.${name}`, ...external } }
}

/** A variable in the spec of a ClusterClass or in the answer of DiscoverVariables. */
export function variableOf(name: string, schema: object = { type: 'string' }, required = false) {
  return { name, required, schema: { openAPIV3Schema: schema } }
}

/** What a handler answers, by its name; of all others nothing is known. */
export type Handlers = Record<string, (request: JsonObject, hook: RenderedHook) => JsonObject>

/** A render, with the requests that were sent. */
export async function render(input: Partial<RenderInput>, handlers: Handlers = {}) {
  const sent: { handler: string; hook: RenderedHook; request: JsonObject }[] = []
  const rendered = await renderTopology({
    clusterClass: clusterClassOf(),
    cluster: clusterOf(),
    templates: Object.values(templates),
    async call(handler, hook, request) {
      sent.push({ handler, hook, request })
      return handlers[handler]?.(request, hook)
    },
    ...input,
  })
  return { ...rendered, sent }
}

/** The items of a request. */
export function itemsOf({ items }: JsonObject): JsonObject[] {
  return Array.isArray(items) ? items.filter(isObject) : []
}

/** An answer that merges something into each template of a kind. */
export function mergeInto(kind: string, part: object) {
  return (request: JsonObject): JsonObject => ({
    status: 'Success',
    items: itemsOf(request)
      .filter(({ object }) => Object(object).kind === kind)
      .map(({ uid }) => ({ uid, ...encodePatch('JSONMergePatch', part) })),
  })
}

/** The value of `builtin` that a template has. */
export function builtinOf(item: Item | undefined): unknown {
  return byName(item?.variables)['builtin']
}

/** The names of the variables in a list of a request. */
export function namesIn(variables: unknown): string[] {
  return Array.isArray(variables) ? variables.map(({ name }) => name) : []
}
