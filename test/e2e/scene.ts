import { join } from 'node:path'
import process from 'node:process'
import { PatchStrategy } from '@kubernetes/client-node'
import { inject } from 'vitest'
import { imageFlags } from '../../src/dev/image-flags.ts'
import { buildPrograms } from '../../src/dev/sandbox/build.ts'
import { areAsIn, isSettled } from '../../src/dev/sandbox/cluster.ts'
import { nameHandlers } from '../../src/dev/sandbox/cluster-class.ts'
import { readManifest } from '../../src/dev/sandbox/extension.ts'
import type { DiscoveredHandler } from '../../src/dev/sandbox/extension-config.ts'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { conditionOf, parseYaml, type Resource } from '../../src/dev/sandbox/objects.ts'
import { silent } from '../../src/dev/sandbox/report.ts'
import { isObject, type JsonObject, objectAt } from '../../src/json/json.ts'
import { type RunningExtension, startExtension } from '../support/start-extension.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { type Attached, attach } from './sandbox.ts'

const core = 'cluster.x-k8s.io/v1beta2'
// What the sample requires.
const variables = [{ name: 'imageRepository', value: 'kindest' }]

/** A replica of our extension, with the lines of its log so far, parsed. */
export type Replica = RunningExtension & { readonly lines: Record<string, unknown>[] }

/** One scenario's part of the management cluster: a namespace, an ExtensionConfig and one Cluster. */
export interface Scene {
  readonly sandbox: Attached
  /** Of the namespace, the ExtensionConfig and the Cluster. */
  readonly name: string
  readonly recorder: Recorder
  /** Registers the extension, also again with other settings, or at another address than the recorder's. */
  register(settings?: Record<string, string>, url?: string): Promise<void>
  /** Starts our extension as a process, with the certificate of the directory. */
  startReplica(certificates?: string): Promise<Replica>
  /** Starts Cluster API's own test extension in Go. */
  startGoExtension(): Promise<{ port: number }>
  /** Applies the ClusterClass, with further classes of workers if given. */
  applyClusterClass(workers?: JsonObject): Promise<void>
  createCluster(topology?: JsonObject): Promise<void>
  changeTopology(topology: JsonObject, variables?: JsonObject): Promise<void>
  deleteCluster(): Promise<void>
  /** Prepares the answer to a lifecycle hook; null takes it back. */
  prepareAnswer(key: string, answer: object | null): Promise<void>
  /** Objects of the namespace. */
  list(apiVersion: string, kind: string): Promise<Resource[]>
  cluster(): Promise<Resource | undefined>
  /** Waits for the Cluster to be as the check wants it. */
  waitForCluster(
    check: (cluster: Resource | undefined) => string | undefined,
    seconds?: number,
  ): Promise<void>
  /** Stops what the scene started. */
  end(): Promise<void>
  /** Waits until the Cluster and all its Machines are as the topology says; the Machines' names. */
  settled(): Promise<string[]>
}

/** Sets up a scene. Our extension is started unless ports of others are given. */
export async function createScene(name: string, ports?: number[]): Promise<Scene> {
  const sandbox = await attach(inject('sandbox'))
  const certificates = join(sandbox.directory, layout.certificates)
  const started: RunningExtension[] = []
  await sandbox.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))

  async function startReplica(directory = certificates): Promise<Replica> {
    const lines: Replica['lines'] = []
    const extension = await startExtension({
      command: [process.execPath, ...imageFlags(process.cwd()), 'src/main.ts'],
      certificates: directory,
      flags: [`--kubeconfig=${sandbox.kubeconfig}`, '--logging-format=json'],
      log: join(sandbox.directory, layout.logs, `${name}.log`),
      onLine(line) {
        if (line.startsWith('{')) lines.push(JSON.parse(line))
      },
    })
    started.push(extension)
    return { ...extension, lines }
  }

  async function startGoExtension() {
    const programs = await buildPrograms(['test-extension'], silent)
    const extension = await startExtension({
      command: [programs['test-extension']],
      certificates,
      flags: [`--kubeconfig=${sandbox.kubeconfig}`],
      hasHealthChecks: false,
      log: join(sandbox.directory, layout.logs, `${name}-go.log`),
    })
    started.push(extension)
    return extension
  }

  let handlers: readonly DiscoveredHandler[] = []
  const recorder = await startRecorder(certificates, ports ?? [(await startReplica()).port])
  const read = async (kind: string, apiVersion = core) => {
    const { items } = await sandbox.objects.list<Resource>(apiVersion, kind, name)
    return items
  }
  const manifest = async (file: 'clusterclass' | 'cluster') =>
    parseYaml(await readManifest(file)).map((object) => ({
      ...object,
      metadata: { ...object.metadata, namespace: name },
    }))
  const apply = (objects: object[]) =>
    Promise.all(objects.map((object) => sandbox.apply(JSON.stringify(object))))
  const waitForCluster: Scene['waitForCluster'] = async (check, seconds = 240) => {
    const selection = { apiVersion: core, kind: 'Cluster', namespace: name, name }
    await sandbox.waitFor(selection, ([found]) => check(found), seconds)
  }

  return {
    sandbox,
    name,
    recorder,
    startReplica,
    startGoExtension,
    waitForCluster,
    async register(settings = {}, url = recorder.url) {
      handlers = await sandbox.registerExtension({
        name,
        url,
        caBundle: sandbox.authority.certificate,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
        settings: { extensionConfigName: name, disableInPlaceUpdates: 'true', ...settings },
      })
    },
    async applyClusterClass(workers = {}) {
      const objects = (await manifest('clusterclass')).map((object) =>
        object.kind === 'ClusterClass'
          ? nameHandlers(
              {
                ...object,
                spec: {
                  ...object.spec,
                  workers: { ...objectAt(object.spec, ['workers']), ...workers },
                },
              },
              {},
              handlers,
            )
          : object,
      )
      await apply(objects)
      await sandbox.waitFor(
        { apiVersion: core, kind: 'ClusterClass', namespace: name, name: 'in-memory' },
        ([found]) => {
          const { status, message } = conditionOf(found, 'VariablesReady')
          return status === 'True' ? undefined : `no variables: ${message}`
        },
      )
    },
    async createCluster(topology = {}) {
      const [cluster] = await manifest('cluster')
      const spec = {
        ...cluster?.spec,
        topology: { ...objectAt(cluster?.spec, ['topology']), variables, ...topology },
      }
      await apply([{ ...cluster, metadata: { name, namespace: name }, spec }])
    },
    async changeTopology(topology, variables = {}) {
      const [cluster] = await read('Cluster')
      const standing = objectAt(cluster?.spec, ['topology'])?.['variables']
      const kept = (Array.isArray(standing) ? standing.filter(isObject) : []).filter(
        (variable) => !Object.hasOwn(variables, String(variable['name'])),
      )
      const changed = Object.entries(variables).map(([key, value]) => ({ name: key, value }))
      await patch({
        apiVersion: core,
        kind: 'Cluster',
        metadata: { name, namespace: name },
        spec: { topology: { ...topology, variables: [...kept, ...changed] } },
      })
    },
    async deleteCluster() {
      const metadata = { name, namespace: name }
      await sandbox.objects.delete({ apiVersion: core, kind: 'Cluster', metadata })
    },
    async prepareAnswer(key, answer) {
      const metadata = { name: `${name}-${name}-test-extension-hookresponses`, namespace: name }
      const data = { [`${key}-preloadedResponse`]: answer && JSON.stringify(answer) }
      const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata }
      await sandbox.objects.create(configMap).catch(() => {})
      await patch({ ...configMap, data })
    },
    async end() {
      await recorder.close()
      await Promise.all(started.map((extension) => extension.stop()))
    },
    list: (apiVersion, kind) => read(kind, apiVersion),
    cluster: async () => (await read('Cluster'))[0],
    async settled() {
      const selection = { apiVersion: core, namespace: name }
      const ofCluster = { ...selection, kind: 'Cluster', name }
      const [cluster] = await sandbox.waitFor(ofCluster, isSettled, 600)
      const machines = await sandbox.waitFor(
        { ...selection, kind: 'Machine' },
        areAsIn(cluster),
        300,
      )
      await sandbox.waitFor(ofCluster, isSettled, 300)
      return machines.map(({ metadata }) => String(metadata?.name)).toSorted()
    },
  }

  async function patch(body: object): Promise<void> {
    const { MergePatch } = PatchStrategy
    await sandbox.objects.patch(body, undefined, undefined, undefined, undefined, MergePatch)
  }
}
