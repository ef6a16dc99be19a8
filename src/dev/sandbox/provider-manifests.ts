import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type KubernetesObject,
  loadAllYaml,
  loadYaml,
  type V1CustomResourceDefinition,
  type V1MutatingWebhookConfiguration,
  type V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node'
import { load } from 'js-yaml'
import * as v from 'valibot'

/** Where the webhooks of a provider listen. */
export interface WebhookServer {
  readonly port: number
  /** Base64 of the PEM of the authority that signed its certificate. */
  readonly caBundle: string
}

type WebhookConfiguration = V1MutatingWebhookConfiguration | V1ValidatingWebhookConfiguration

// All that kustomize does to the CustomResourceDefinitions of v1.14.
const kustomization = v.object({
  resources: v.array(v.string()),
  patches: v.optional(v.array(v.object({ path: v.string() })), []),
  labels: v.optional(v.array(v.object({ pairs: v.record(v.string(), v.string()) })), []),
})

/** The CustomResourceDefinitions in the folder of a provider's manifests, as kustomize builds them. */
export async function readCustomResourceDefinitions(
  config: string,
): Promise<V1CustomResourceDefinition[]> {
  const directory = join(config, 'crd')
  const read = async (file: string) =>
    loadYaml<V1CustomResourceDefinition>(await readFile(join(directory, file), 'utf8'))
  const { resources, patches, labels } = v.parse(
    kustomization,
    load(await readFile(join(directory, 'kustomization.yaml'), 'utf8')),
  )
  const changes = await Promise.all(patches.map(({ path }) => read(path)))
  const definitions = await Promise.all(resources.map(read))
  for (const { metadata = {}, spec } of definitions) {
    for (const { pairs } of labels) metadata.labels = { ...metadata.labels, ...pairs }
    const change = changes.find((patch) => patch.metadata?.name === metadata.name)
    if (change?.spec.conversion) spec.conversion = change.spec.conversion
  }
  return definitions
}

/** Sends the conversions of a CustomResourceDefinition to a process on this machine. */
export function redirectConversion(
  { spec }: V1CustomResourceDefinition,
  { port, caBundle }: WebhookServer,
): void {
  const { webhook } = spec.conversion ?? {}
  if (!webhook?.clientConfig) return
  const path = webhook.clientConfig.service?.path ?? ''
  webhook.clientConfig = { url: `https://127.0.0.1:${port}${path}`, caBundle }
}

/** The webhook configurations in the folder of a provider's manifests, sent to a process on this machine. */
export async function readWebhookConfigurations(
  config: string,
  provider: string,
  { port, caBundle }: WebhookServer,
): Promise<KubernetesObject[]> {
  const text = await readFile(join(config, 'webhook', 'manifests.yaml'), 'utf8')
  const configurations: WebhookConfiguration[] = loadAllYaml(text)
  for (const { metadata = {}, webhooks = [] } of configurations) {
    // Every provider calls its configurations the same.
    metadata.name = `${provider}-${metadata.name}`
    for (const webhook of webhooks) {
      const path = webhook.clientConfig.service?.path ?? ''
      webhook.clientConfig = { url: `https://127.0.0.1:${port}${path}`, caBundle }
    }
  }
  return configurations
}
