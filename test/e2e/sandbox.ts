import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KubeConfig, KubernetesObjectApi } from '@kubernetes/client-node'
import type { TestProject } from 'vitest/node'
import { openAuthority } from '../../src/dev/sandbox/authority.ts'
import { registerExtension } from '../../src/dev/sandbox/extension-config.ts'
import { layout } from '../../src/dev/sandbox/layout.ts'
import { applyObjects, parseYaml, waitForObjects } from '../../src/dev/sandbox/objects.ts'
import { startSandbox } from '../../src/dev/sandbox/sandbox.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the management cluster. */
    sandbox: string
  }
}

/** Starts the one management cluster of all end-to-end tests; builds its programs if need be. */
export default async function setup({ provide }: TestProject) {
  const sandbox = await startSandbox({
    report: { line: (text) => console.log(text), status: () => {} },
  })
  provide('sandbox', sandbox.directory)
  return () => sandbox.stop()
}

/** What a test does with the management cluster that another process started. */
export type Attached = Awaited<ReturnType<typeof attach>>

/** Attaches to the management cluster in the folder. */
export async function attach(directory: string) {
  const kubeconfig = join(directory, layout.kubeconfig)
  const config = new KubeConfig()
  config.loadFromString(await readFile(kubeconfig, 'utf8'))
  const client = { config, objects: KubernetesObjectApi.makeApiClient(config) }
  return {
    directory,
    kubeconfig,
    objects: client.objects,
    authority: await openAuthority(join(directory, layout.certificates)),
    apply: (text: string) => applyObjects(client, parseYaml(text)),
    waitFor: waitForObjects.bind(undefined, client),
    registerExtension: registerExtension.bind(undefined, client),
  }
}
