import { createHash } from 'node:crypto'
import type { HookContract, RequestOf } from '../contract/contract.ts'
import type { UpdateMachine } from '../contract/in-place-update.ts'
import type { Cluster } from '../contract/objects.ts'
import { storedReply } from '../handler/answer.ts'
import type { Call } from '../handler/hook.ts'
import type { Failure, Reply } from '../handler/reply.ts'
import { canonicalJSON } from '../json/json.ts'
import type { Log } from '../observability/log.ts'
import { type ConfigMaps, StoreError } from './config-maps.ts'
import { type Preloaded, readPreloaded } from './preloaded.ts'

/** The state that handlers share between replicas and restarts. What waits ends with the signal of its call. */
export interface ResponseStore {
  /**
   * The answer that someone prepared for a lifecycle hook, else the default: Success, which blocks
   * for 5 seconds with the setting defaultAllHandlersToBlocking "true". What is answered is recorded.
   *
   * It is the protocol of Cluster API's test extension: ConfigMap
   * `<Cluster>-<settings.extensionConfigName>-test-extension-hookresponses` in the Cluster's namespace,
   * keys `<Hook>[-<attribute>…]-preloadedResponse` and `…-actualResponseStatus`.
   */
  answer<Response extends object>(
    contract: Pick<HookContract<object, Response>, 'hook' | 'blocking' | 'response'>,
    call: Pick<Call<{ cluster: Cluster; settings?: Settings }>, 'request' | 'signal'>,
    ...attributes: string[]
  ): Promise<Reply<Response>>
  /**
   * Seconds since any replica was first asked to bring this Machine to this desired state; 0 when that
   * is now.
   */
  secondsSinceStart(call: UpdateMachineCall): Promise<number | Failure>
  /** Forgets the start: the update is done. */
  finish(call: UpdateMachineCall): Promise<Failure | undefined>
}

type UpdateMachineCall = Pick<Call<RequestOf<typeof UpdateMachine>>, 'request' | 'signal'>
type Settings = Readonly<Record<string, string>> | null | undefined

/** The store on top of ConfigMaps. `now` is the clock in milliseconds, for tests. */
export function createResponseStore(
  configMaps: ConfigMaps,
  log: Log,
  now: () => number = Date.now,
): ResponseStore {
  const failure = (error: unknown): Failure => {
    if (!(error instanceof StoreError)) throw error
    log.error({ err: error.cause }, error.message)
    return { status: 'Failure', message: error.message }
  }
  return {
    async answer(contract, { request: { cluster, settings }, signal }, ...attributes) {
      const name = configMapName(cluster.metadata.name, settings)
      if (name === undefined) return { status: 'Failure', message: missingSetting }
      const { namespace } = cluster.metadata
      const key = [contract.hook, ...attributes].join('-').replaceAll('+', '_')
      const source = `ConfigMap ${namespace}/${name}, key ${key}-preloadedResponse`
      try {
        const data = await configMaps.readOrCreate(namespace, name, signal)
        const preloaded = data[`${key}-preloadedResponse`]
        const answer =
          preloaded === undefined
            ? defaultAnswer(contract, settings, source)
            : await readPreloaded(contract, preloaded, source)
        const status = contract.blocking
          ? `Status: ${answer.status}, RetryAfterSeconds: ${answer.retryAfterSeconds ?? 0}`
          : answer.status
        const recorded = `${key}-actualResponseStatus`
        // Controllers repeat calls: mostly it is there.
        if (data[recorded] !== status)
          await configMaps.write(namespace, name, { [recorded]: status }, signal)
        return storedReply(answer)
      } catch (error) {
        return failure(error)
      }
    },
    async secondsSinceStart({ request, signal }) {
      const { namespace, name, key } = progressOf(request)
      try {
        const started = await configMaps.writeOnce(
          namespace,
          name,
          key,
          new Date(now()).toISOString(),
          signal,
        )
        return (now() - Date.parse(started)) / 1000
      } catch (error) {
        return failure(error)
      }
    },
    async finish({ request, signal }) {
      const { namespace, name, key } = progressOf(request)
      try {
        await configMaps.write(namespace, name, { [key]: null }, signal)
        return undefined
      } catch (error) {
        return failure(error)
      }
    },
  }
}

const missingSetting =
  'the setting extensionConfigName is missing: set spec.settings.extensionConfigName of the ExtensionConfig'

function configMapName(cluster: string, settings: Settings): string | undefined {
  const extensionConfigName = settings?.['extensionConfigName']
  return extensionConfigName === undefined
    ? undefined
    : `${cluster}-${extensionConfigName}-test-extension-hookresponses`
}

function defaultAnswer(
  { blocking }: Pick<HookContract, 'blocking'>,
  settings: Settings,
  source: string,
): Preloaded {
  if (!blocking || settings?.['defaultAllHandlersToBlocking'] !== 'true')
    return { status: 'Success' }
  const message = `The setting defaultAllHandlersToBlocking blocks; ${source} releases`
  return { status: 'Success', retryAfterSeconds: 5, message }
}

function progressOf({ desired, settings }: RequestOf<typeof UpdateMachine>) {
  const { machine, infrastructureMachine, bootstrapConfig } = desired
  const specs = [machine.spec, infrastructureMachine['spec'], bootstrapConfig?.['spec']]
  const hash = createHash('sha256').update(canonicalJSON(specs)).digest('hex').slice(0, 16)
  return {
    namespace: machine.metadata.namespace,
    name: configMapName(machine.spec.clusterName, settings) ?? 'test-extension-in-place-updates',
    key: `UpdateMachine-${machine.metadata.name}-${hash}-startTime`,
  }
}
