import {
  apiVersion,
  defaultTimeoutSeconds,
  type FailurePolicy,
  type HookContract,
} from '../contract/contract.ts'
import { contracts } from '../contract/index.ts'
import { isObject, type JsonObject } from '../json/json.ts'
import { at } from '../json/path.ts'
import { type Finding, finding } from './table.ts'

/** A handler as the controller keeps it after Discovery. */
export interface Handler {
  readonly contract: HookContract
  /** As the extension calls it; undefined for Discovery. */
  readonly name: string | undefined
  readonly timeoutSeconds: number
  readonly failurePolicy: FailurePolicy
}

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const inPlaceHooks = ['CanUpdateMachine', 'CanUpdateMachineSet', 'UpdateMachine']

/**
 * The handlers of a DiscoveryResponse with the controller's defaults, and what would make it refuse
 * them. It refuses all for one; here those that can be called are.
 */
export function checkDiscovery(answer: JsonObject): { handlers: Handler[]; findings: Finding[] } {
  const listed = Array.isArray(answer['handlers']) ? answer['handlers'].filter(isObject) : []
  const findings: Finding[] = []
  const handlers: Handler[] = []
  const names = new Set<string>()
  for (const listedHandler of listed) {
    const name = String(listedHandler['name'] ?? '')
    const { timeoutSeconds = defaultTimeoutSeconds, failurePolicy = 'Fail' } = listedHandler
    const hook = String(at(listedHandler, 'requestHook', 'hook') ?? '')
    const version = String(at(listedHandler, 'requestHook', 'apiVersion') ?? '')
    const contract = contracts.find((candidate) => candidate.hook === hook)
    const inRange =
      typeof timeoutSeconds === 'number' && timeoutSeconds >= 0 && timeoutSeconds <= 30
    const found = (rule: Parameters<typeof finding>[0], detail: string) =>
      findings.push(finding(rule, `handler "${name}": ${detail}`))

    if (!label.test(name)) found('handler-name', 'its name is no DNS-1123 label')
    if (names.has(name)) found('handler-unique', 'another handler has this name')
    if (!inRange) found('handler-timeout', `timeoutSeconds is ${timeoutSeconds}`)
    if (failurePolicy !== 'Fail' && failurePolicy !== 'Ignore')
      found('handler-failure-policy', `failurePolicy is ${JSON.stringify(failurePolicy)}`)
    if (contract === undefined || version !== apiVersion)
      found(
        'handler-hook',
        `${version || 'no apiVersion'} ${hook || 'no hook'} is not in the catalog`,
      )
    else if (inPlaceHooks.includes(hook) && handlers.some((other) => other.contract.hook === hook))
      found('handler-single', `it is a second one for ${hook}, and was not called`)
    else
      handlers.push({
        contract,
        name,
        // The controller reads 0 as its default.
        timeoutSeconds: (inRange && timeoutSeconds) || defaultTimeoutSeconds,
        failurePolicy: failurePolicy === 'Ignore' ? 'Ignore' : 'Fail',
      })
    names.add(name)
  }
  return { handlers, findings }
}

/** Name of a handler in a ClusterClass, unique in the management cluster (NameForHandler in client.go). */
export function registeredName(
  handler: Pick<Handler, 'name'>,
  extensionConfigName: string,
): string {
  return `${handler.name}.${extensionConfigName}`
}
