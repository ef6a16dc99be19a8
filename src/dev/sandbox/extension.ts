import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { program } from '../serve-sources.ts'
import { nameHandlers } from './cluster-class.ts'
import { layout } from './commands.ts'
import { type DiscoveredHandler, extensionConfigKind } from './extension-config.ts'
import { untilFailure } from './failures.ts'
import type { Ground } from './ground.ts'
import { applyObjects, conditionOf, parseYaml } from './objects.ts'
import { answers } from './processes.ts'

/** The name of our ExtensionConfig, which the manifests use as well. */
export const extensionName = 'capi-sample-extension'

/** Runs the extension of this project from its sources, and again after every edit. */
export async function startSandboxExtension(
  ground: Ground,
  onLine: (line: string) => void,
): Promise<void> {
  const { ports, directory, kubeconfig } = ground
  await ground.start(
    {
      name: 'extension',
      file: process.execPath,
      cwd: process.cwd(),
      args: [
        program,
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

/** Registers the extension of this project, also again with other settings. */
export function registerOwnExtension(
  ground: Ground,
  settings: Readonly<Record<string, string>> = {},
): Promise<DiscoveredHandler[]> {
  const extension = {
    name: extensionName,
    url: `https://127.0.0.1:${ground.ports.extension}`,
    caBundle: ground.authority.certificate,
    settings: {
      extensionConfigName: extensionName,
      // An in-place update that changes nothing would never bring a node to another version.
      disableInPlaceUpdates: 'true',
      ...settings,
    },
  }
  const own = { ...extensionConfigKind, name: extensionName }
  return untilFailure(ground, [own], () => ground.registerExtension(extension))
}

/**
 * A manifest of the sandbox as text.
 *
 * @param extension The ExtensionConfig whose handlers it names instead of ours.
 */
export async function readManifest(
  name: 'clusterclass' | 'cluster' | 'file',
  extension = extensionName,
): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'manifests', `${name}.yaml`), 'utf8')
  return text.replaceAll(extensionName, extension)
}

/** The ClusterClass that the Clusters of the sandbox are of. */
export const clusterClassKind = {
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'ClusterClass',
  name: 'in-memory',
} as const

/** Applies the ClusterClass with these handlers, and waits until the controllers know its variables. */
export async function applyClusterClass(
  ground: Ground,
  handlers: readonly DiscoveredHandler[],
): Promise<void> {
  const [file = {}] = parseYaml(await readManifest('file'))
  const resources = parseYaml(await readManifest('clusterclass'))
  const named = resources.map((resource) =>
    resource.kind === clusterClassKind.kind ? nameHandlers(resource, file, handlers) : resource,
  )
  await applyObjects(ground, named)
  await untilFailure(ground, [clusterClassKind], () =>
    ground.waitFor(clusterClassKind, ([found]) => {
      const { status, message } = conditionOf(found, 'VariablesReady')
      return status === 'True' ? undefined : `ClusterClass in-memory has no variables: ${message}`
    }),
  )
}
