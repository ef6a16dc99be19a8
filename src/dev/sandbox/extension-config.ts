import { isObject, type JsonObject } from '../../json/json.ts'
import {
  type ApiClient,
  applyObjects,
  type Check,
  conditionOf,
  type Resource,
  waitForObjects,
} from './objects.ts'

/** An extension that the controllers shall call. */
export interface Registration {
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
export interface DiscoveredHandler {
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
  client: ApiClient,
  { name, url, caBundle, settings = {}, namespaceSelector = {} }: Registration,
): Promise<DiscoveredHandler[]> {
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
      if (status === 'True' && observedGeneration >= generation) return undefined
      return `ExtensionConfig ${name} is not discovered: ${message || 'the controllers have not called it'}`
    },
    60,
  )
  const known = handlersOf(discovered)
  if (known.length > 0) return known
  // The controllers write the condition a moment before the handlers, of which there may be none.
  const hasHandlers: Check = ([found]) =>
    handlersOf(found).length > 0 ? undefined : `ExtensionConfig ${name} has no handlers`
  const found = waitForObjects(client, { ...extensionConfigKind, name }, hasHandlers, 2)
  return handlersOf((await found.catch(() => []))[0])
}

/** The handlers of an ExtensionConfig that the controllers have discovered. */
export async function readHandlers(
  { objects }: ApiClient,
  name: string,
): Promise<DiscoveredHandler[]> {
  const { apiVersion, kind } = extensionConfigKind
  return handlersOf(await objects.read<Resource>({ apiVersion, kind, metadata: { name } }))
}

function handlersOf(extensionConfig: Resource | undefined): DiscoveredHandler[] {
  const handlers: unknown = extensionConfig?.status?.['handlers']
  if (!Array.isArray(handlers)) return []
  return handlers.filter(isObject).map(({ name, requestHook, timeoutSeconds, failurePolicy }) => ({
    name: String(name),
    hook: isObject(requestHook) ? String(requestHook['hook']) : '',
    timeoutSeconds: Number(timeoutSeconds),
    failurePolicy: String(failurePolicy),
  }))
}
