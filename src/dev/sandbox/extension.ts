import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import type { ExtensionConfig } from '../project.ts'
import { program as serveSourcesProgram } from '../serve-sources.ts'
import { nameHandlers } from './cluster-class.ts'
import { type DiscoveredHandler, extensionConfigKind } from './extension-config.ts'
import { untilFailure } from './failures.ts'
import { layout } from './layout.ts'
import { applyObjects, conditionOf, parseYaml } from './objects.ts'
import { answers } from './processes.ts'
import type { Sandbox } from './sandbox.ts'

/** A sandbox with the extension of a project in it. */
export interface SandboxedExtension extends Sandbox {
  readonly extensionConfig: ExtensionConfig
  /** Given values for variables of Clusters, by name. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** Runs the extension of the project in a folder from its sources, and again after every edit. */
export async function startSandboxExtension(
  sandbox: Sandbox,
  root: string,
  onLine: (line: string) => void,
): Promise<void> {
  const { ports, directory, kubeconfig } = sandbox
  await sandbox.start(
    {
      name: 'extension',
      file: process.execPath,
      cwd: root,
      args: [
        serveSourcesProgram,
        '--webhook-host=127.0.0.1',
        `--webhook-port=${ports.extension}`,
        `--webhook-cert-dir=${join(directory, layout.extensionCertificates)}`,
        `--health-addr=127.0.0.1:${ports['extension-health']}`,
        `--kubeconfig=${kubeconfig.path}`,
        '--logging-format=json',
      ],
      onLine,
    },
    () => answers(`http://127.0.0.1:${ports['extension-health']}/readyz`),
  )
}

/** Registers it, and gives the handlers that the controllers have discovered. */
export function registerSandboxExtension(
  sandbox: Sandbox,
  { name, settings }: ExtensionConfig,
): Promise<DiscoveredHandler[]> {
  const url = `https://127.0.0.1:${sandbox.ports.extension}`
  const caBundle = sandbox.authority.certificate
  return untilFailure(sandbox, [{ ...extensionConfigKind, name }], () =>
    sandbox.registerExtension({ name, url, caBundle, settings }),
  )
}

/** A manifest of the sandbox as text. */
export const readManifest = (name: 'clusterclass' | 'cluster' | 'file'): Promise<string> =>
  readFile(new URL(`manifests/${name}.yaml`, import.meta.url), 'utf8')

/** The ClusterClass that the Clusters of the sandbox are of. */
export const clusterClassKind = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'ClusterClass',
  name: 'in-memory',
} as const

/** Applies the ClusterClass with these handlers, and waits until the controllers know its variables. */
export async function applyClusterClass(
  sandbox: Sandbox,
  handlers: readonly DiscoveredHandler[],
): Promise<void> {
  const [file = {}] = parseYaml(await readManifest('file'))
  const resources = parseYaml(await readManifest('clusterclass'))
  const named = resources.map((resource) =>
    resource.kind === clusterClassKind.kind ? nameHandlers(resource, file, handlers) : resource,
  )
  await applyObjects(sandbox, named)
  await untilFailure(sandbox, [clusterClassKind], () =>
    sandbox.waitFor(clusterClassKind, ([found]) => {
      const { status, message } = conditionOf(found, 'VariablesReady')
      return status === 'True' ? undefined : `ClusterClass in-memory has no variables: ${message}`
    }),
  )
}
