import {
  type Api,
  ApiError,
  type Call,
  defineHook,
  type Hook,
  type Reply,
  storedReply,
} from 'capi-extension'
import type { Cluster, HookContract } from 'capi-extension/hooks'
import { PreloadedError, parsePreloaded } from './parse-preloaded.ts'

interface LifecycleRequest {
  readonly cluster: Cluster
  readonly settings?: Readonly<Record<string, string>> | null | undefined
}

/**
 * A lifecycle hook of Cluster API's test extension: its answer is what someone prepared in a ConfigMap, else Success,
 * which blocks for 5 seconds with the setting defaultAllHandlersToBlocking "true". What is answered is recorded.
 *
 * The ConfigMap is `<Cluster>-<settings.extensionConfigName>-test-extension-hookresponses` in the Cluster's namespace,
 * its keys are `<Hook>[-<field>…]-preloadedResponse` and `…-actualResponseStatus`.
 *
 * @param fields Fields of the request that are part of the key.
 */
export function preloaded<Request extends LifecycleRequest, Response extends object>(
  contract: HookContract<Request, Response>,
  ...fields: (keyof Request & string)[]
): Hook {
  const handler = async (call: Call<Request>): Promise<Reply<Response>> => {
    const { request, api, log, signal } = call
    const name = configMapName(request)
    if (name === undefined) return { status: 'Failure', message: missingSetting }
    const { namespace } = request.cluster.metadata
    const values = fields.map((field) => String(request[field]))
    const key = [contract.hook, ...values].join('-').replaceAll('+', '_')
    const source = `ConfigMap ${namespace}/${name}, key ${key}-preloadedResponse`
    try {
      const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name }
      const data = await readOrCreate(api, reference)
      const text = data[`${key}-preloadedResponse`]
      const answer =
        text === undefined
          ? defaultAnswer(contract, request, source)
          : await parsePreloaded(contract, text, source)
      const status = contract.blocking
        ? `Status: ${answer.status}, RetryAfterSeconds: ${answer.retryAfterSeconds ?? 0}`
        : answer.status
      const recorded = `${key}-actualResponseStatus`
      // Controllers repeat calls: mostly it is there.
      if (data[recorded] !== status) await api.patch(reference, { data: { [recorded]: status } })
      return storedReply(answer)
    } catch (error) {
      const message = signal.aborted
        ? `ConfigMap ${namespace}/${name}: no answer from the API server in time`
        : error instanceof ApiError || error instanceof PreloadedError
          ? error.message
          : undefined
      if (message === undefined) throw error
      log.error({ err: error }, message)
      return { status: 'Failure', message }
    }
  }
  return defineHook(contract, handler)
}

interface ConfigMapReference {
  apiVersion: string
  kind: string
  namespace: string
  name: string
}

/** The data of a ConfigMap; makes an empty one when there is none. Another replica may do so at the same moment. */
async function readOrCreate(api: Api, reference: ConfigMapReference) {
  const { apiVersion, kind, ...metadata } = reference
  const read = () => api.get<{ data?: Record<string, string> }>(reference)
  const found = await read()
  if (found) return found.data ?? {}
  const created = await api.create({ apiVersion, kind, metadata })
  return (created === 'AlreadyExists' ? (await read())?.data : undefined) ?? {}
}

const missingSetting =
  'the setting extensionConfigName is missing: set spec.settings.extensionConfigName of the ExtensionConfig'

function configMapName({ cluster, settings }: LifecycleRequest): string | undefined {
  const extensionConfigName = settings?.['extensionConfigName']
  return extensionConfigName === undefined
    ? undefined
    : `${cluster.metadata.name}-${extensionConfigName}-test-extension-hookresponses`
}

function defaultAnswer(
  { blocking }: Pick<HookContract, 'blocking'>,
  { settings }: LifecycleRequest,
  source: string,
) {
  if (!blocking || settings?.['defaultAllHandlersToBlocking'] !== 'true')
    return { status: 'Success' as const }
  const message = `The setting defaultAllHandlersToBlocking blocks; ${source} releases`
  return { status: 'Success' as const, retryAfterSeconds: 5, message }
}
