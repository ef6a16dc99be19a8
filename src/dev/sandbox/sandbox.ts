import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import { buildPrograms } from './build.ts'
import { type DiscoveredHandler, type Registration, registerExtension } from './extension-config.ts'
import { layout } from './layout.ts'
import { startManagementCluster } from './management-cluster.ts'
import {
  type ApiClient,
  applyObjects,
  type Check,
  parseYaml,
  type Resource,
  type Selection,
  waitForObjects,
} from './objects.ts'
import { type Prepared, prepareDirectory } from './prepare-directory.ts'
import { type Command, type RunningProcess, startProcess, waitUntilReady } from './processes.ts'
import { managementCluster } from './programs.ts'
import { type Report, silent } from './report.ts'

/** How a sandbox is started. */
export interface SandboxOptions {
  /** Where its state is kept, or found; a temporary folder that goes with it unless given. */
  readonly directory?: string
  readonly report?: Report
  /** Ends the start. */
  readonly signal?: AbortSignal
}

/** A running management cluster: etcd, kube-apiserver and the controllers of Cluster API. */
export interface Sandbox extends Prepared, ApiClient {
  readonly directory: string
  /** Applies the objects of a YAML text on the server's side. */
  applyYaml(text: string): Promise<Resource[]>
  /** Watches objects until nothing is missing; 120 seconds unless given. */
  waitFor(selection: Selection, check: Check, seconds?: number): Promise<Resource[]>
  /** Registers an extension, also again with other settings, and gives its handlers once discovered. */
  registerExtension(extension: Registration): Promise<DiscoveredHandler[]>
  /** Starts one more process in the folder, and waits until it is ready. It ends with the sandbox. */
  start(command: Command, isReady?: () => Promise<boolean>): Promise<RunningProcess>
  /** Stops a process by its name. */
  stopProcess(name: string): Promise<void>
  /** Starts a stopped process again as it was. */
  startProcess(name: string): Promise<RunningProcess>
  /** Stops all processes; the folder goes too when it is a temporary one. */
  stop(): Promise<void>
}

interface Entry {
  readonly command: Command
  readonly isReady: (() => Promise<boolean>) | undefined
  readonly running: RunningProcess
}

/** Starts a management cluster without containers. What is not built yet is built first. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { report = silent, signal } = options
  const programs = await buildPrograms(managementCluster, report, signal)
  const temporary = options.directory === undefined
  const directory = temporary
    ? await mkdtemp(join(tmpdir(), 'sandbox-'))
    : resolve(options.directory ?? '')
  const entries = new Map<string, Entry>()
  const stopping = new Set<RunningProcess>()

  async function start(command: Command, isReady?: () => Promise<boolean>) {
    const running = startProcess({ cwd: directory, ...command }, join(directory, layout.logs))
    entries.set(command.name, { command, isReady, running })
    if (isReady) await waitUntilReady(running, isReady)
    void running.ended.then((code) => {
      if (!stopping.has(running))
        report.line(`${running.name} ended with code ${code}, its log: ${running.log}`)
    })
    return running
  }
  const kill = () => {
    for (const { running } of entries.values()) {
      stopping.add(running)
      running.kill()
    }
  }
  async function stop() {
    // What is thrown away needs no care.
    if (temporary) kill()
    const all = [...entries.values()].map(({ running }) => running)
    for (const running of all) stopping.add(running)
    const [etcd, ...others] = all
    await Promise.all(others.map((running) => running.stop()))
    await etcd?.stop()
    if (temporary) await rm(directory, { recursive: true, force: true })
  }
  const entryOf = (name: string) => {
    const entry = entries.get(name)
    if (entry) return entry
    throw new Error(`there is no process ${name}, but ${[...entries.keys()].join(', ')}`)
  }

  signal?.addEventListener('abort', kill)
  try {
    const prepared = await prepareDirectory(directory)
    const config = new KubeConfig()
    config.loadFromString(prepared.kubeconfig.content)
    const client = { config, objects: KubernetesObjectApi.makeApiClient(config) }
    await startManagementCluster({ ...prepared, ...client, programs, start, report })
    signal?.throwIfAborted()
    return {
      ...prepared,
      ...client,
      directory,
      start,
      stop,
      applyYaml: (text) => applyObjects(client, parseYaml(text)),
      waitFor: (selection, check, seconds) => waitForObjects(client, selection, check, seconds),
      registerExtension: (extension) => registerExtension(client, extension),
      stopProcess(name) {
        const { running } = entryOf(name)
        stopping.add(running)
        return running.stop()
      },
      startProcess(name) {
        const { command, isReady } = entryOf(name)
        return start(command, isReady)
      },
    }
  } catch (error) {
    if (!signal?.aborted) {
      // The folder stays: its logs tell more.
      kill()
      throw error
    }
    await stop()
    throw signal.reason
  } finally {
    signal?.removeEventListener('abort', kill)
  }
}
