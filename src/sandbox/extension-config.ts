import { isObject, type JsonObject } from '../json.ts'
import { applyObjects, type Client, conditionOf, type Resource, waitForObjects } from './objects.ts'

/** An extension that the controllers shall call. */
export interface Extension {
  readonly name: string
  /** For example `https://127.0.0.1:9443`. */
  readonly url: string
  /** PEM of the authority that signed its certificate. */
  readonly caBundle: string
  readonly settings?: Readonly<Record<string, string>>
  /** Whose Clusters it is called for: all of them unless given. */
  readonly namespaceSelector?: JsonObject
}

/** A handler as the controllers know it. */
export interface Handler {
  /** `<name in the extension>.<name of the ExtensionConfig>`. */
  readonly name: string
  readonly hook: string
  readonly timeoutSeconds: number
  readonly failurePolicy: string
}

/** Its kind. */
export const extensionConfigKind = {
  apiVersion: 'runtime.cluster.x-k8s.io/v1beta2',
  kind: 'ExtensionConfig',
  clusterScoped: true,
} as const

/** Applies an ExtensionConfig and waits until the controllers have discovered what it names. */
export async function registerExtension(
  client: Client,
  { name, url, caBundle, settings = {}, namespaceSelector = {} }: Extension,
): Promise<Handler[]> {
  const { apiVersion, kind } = extensionConfigKind
  const clientConfig = { url, caBundle: Buffer.from(caBundle).toString('base64') }
  const resource = {
    apiVersion,
    kind,
    metadata: { name },
    spec: { clientConfig, namespaceSelector, settings },
  }
  const [applied] = await applyObjects(client, [resource])
  const generation = applied?.metadata?.generation ?? 0
  const [discovered] = await waitForObjects(
    client,
    { ...extensionConfigKind, name },
    ([found]) => {
      const { status, message, observedGeneration } = conditionOf(found, 'Discovered')
      // The controllers write the condition a moment before the handlers.
      const known = status === 'True' && observedGeneration >= generation
      if (known && handlersOf(found).length > 0) return undefined
      return `ExtensionConfig ${name} is not discovered: ${message || 'the controllers have not called it'}`
    },
    60,
  )
  return handlersOf(discovered)
}

function handlersOf(extensionConfig: Resource | undefined): Handler[] {
  const handlers: unknown = extensionConfig?.status?.['handlers']
  if (!Array.isArray(handlers)) return []
  return handlers.filter(isObject).map(({ name, requestHook, timeoutSeconds, failurePolicy }) => ({
    name: String(name),
    hook: isObject(requestHook) ? String(requestHook['hook']) : '',
    timeoutSeconds: Number(timeoutSeconds),
    failurePolicy: String(failurePolicy),
  }))
}
