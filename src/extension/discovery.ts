import { apiVersion, maxTimeoutSeconds } from '../contract/contract.ts'
import { Discovery } from '../contract/discovery.ts'
import { defineHook, type Hook } from '../handler/hook.ts'
import { StartError } from '../messages/start-error.ts'

/**
 * The hook that tells the controllers which other hooks there are. Throws StartError that names the handler when the
 * controller would reject the whole ExtensionConfig (defaultAndValidateDiscoveryResponse in internal/runtime/client).
 */
export function discoveryOf(hooks: readonly Hook[]): Hook {
  const names = new Set<string>()
  for (const { contract, name, timeoutSeconds, failurePolicy = 'Fail' } of hooks) {
    const handler = `handler "${name}" of ${contract.hook}`
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))
      throw new StartError(
        `${handler}: a name has at most 63 lower case letters, digits and "-", with a letter or digit at both ends`,
      )
    if (names.has(name))
      throw new StartError(
        `${handler}: another handler has this name, give one of them the option name`,
      )
    if (
      timeoutSeconds !== undefined &&
      !(
        Number.isInteger(timeoutSeconds) &&
        timeoutSeconds >= 0 &&
        timeoutSeconds <= maxTimeoutSeconds
      )
    )
      throw new StartError(
        `${handler}: timeoutSeconds is ${timeoutSeconds}, it must be a whole number from 0 to ${maxTimeoutSeconds}`,
      )
    if (failurePolicy !== 'Fail' && failurePolicy !== 'Ignore')
      throw new StartError(
        `${handler}: failurePolicy is ${failurePolicy}, it must be Fail or Ignore`,
      )
    names.add(name)
  }
  const handlers = hooks.map(({ contract, name, timeoutSeconds, failurePolicy }) => ({
    name,
    requestHook: { apiVersion, hook: contract.hook },
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(failurePolicy !== undefined && { failurePolicy }),
  }))
  return defineHook(Discovery, () => ({ handlers }))
}
