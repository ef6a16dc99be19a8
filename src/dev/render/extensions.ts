import { handlerPath } from '../../contract/contract.ts'
import { Discovery } from '../../contract/discovery.ts'
import { isObject, type JsonObject } from '../../json/json.ts'
import { at } from '../../json/path.ts'
import { StartError } from '../../messages/start-error.ts'
import type { StoredObject } from '../../recording/recording.ts'
import type { RenderInput } from '../../render/types.ts'
import { checkAnswer } from '../../rules/answer.ts'
import { checkDiscovery, type Handler, registeredName } from '../../rules/discovery.ts'
import type { Finding } from '../../rules/table.ts'
import { checkVariables } from '../../rules/variables.ts'
import type { Answerer } from '../guard/answerer.ts'

/** An extension that can be called, by the name of its ExtensionConfig. */
export interface KnownExtension {
  readonly name: string
  /** Those of the ExtensionConfig; undefined where they are not known. */
  readonly settings: Readonly<Record<string, string>> | undefined
  readonly answerer: Answerer
  readonly handlers: readonly Handler[]
  /** Its answer to Discovery. */
  readonly discovery: JsonObject
}

/** One call that was made. */
export interface RenderedCall {
  /** As the ClusterClass names it. */
  readonly handler: string
  /** The patch of the ClusterClass that names it. */
  readonly patch: string
  /** As in the url. */
  readonly hook: string
  readonly url: string
  /** As it was sent. */
  readonly request: JsonObject
  /** undefined where there was none. */
  readonly answer: JsonObject | undefined
  /** Why there was none. */
  readonly problem?: string
  readonly findings: readonly Finding[]
}

/** The ExtensionConfig of a handler that a ClusterClass names: names of handlers have no dot. */
export const extensionOf = (handler: string) => handler.slice(handler.indexOf('.') + 1)

/** Asks an extension for its handlers. Rejects with StartError when it does not answer. */
export async function knowExtension(
  name: string,
  settings: KnownExtension['settings'],
  answerer: Answerer,
): Promise<KnownExtension> {
  const answered = await answerer.answer({
    hook: Discovery.hook.toLowerCase(),
    url: `${handlerPath(Discovery)}?timeout=10s`,
    request: {},
  })
  if ('problem' in answered)
    throw new StartError(`the extension ${name} cannot be called: ${answered.problem}`)
  const { handlers } = checkDiscovery(answered.answer)
  return { name, settings, answerer, handlers, discovery: answered.answer }
}

/**
 * Calls the handlers of extensions for a render, as the controller's client does (internal/runtime/client/client.go).
 *
 * @param objects What handlers find in `api`.
 * @param calls Gets every call.
 */
export function callerOf(
  extensions: readonly KnownExtension[],
  clusterClass: JsonObject,
  objects: readonly StoredObject[],
  calls: RenderedCall[],
): RenderInput['call'] {
  // The patches of a ClusterClass are called in their order.
  const patchOf = (handler: string, hook: string) => {
    const before = calls.filter((call) => call.handler === handler && call.hook === hook)
    return patchesOf(clusterClass, handler)[before.length] ?? ''
  }
  return async (handler, hook, { settings, ...request }) => {
    const extension = extensions.find(({ name }) => name === extensionOf(handler))
    if (extension === undefined) return undefined
    const found = extension.handlers.find(
      (one) => one.contract.hook === hook && registeredName(one, extension.name) === handler,
    )
    if (found === undefined) return failure(hook, describeMissing(extension, hook))
    const { contract, name, timeoutSeconds, failurePolicy } = found
    const url = `${handlerPath(contract, name)}?timeout=${timeoutSeconds}s`
    const merged = { ...extension.settings, ...(isObject(settings) && settings) }
    const sent = { ...request, ...(Object.keys(merged).length > 0 && { settings: merged }) }
    const key = hook.toLowerCase()
    const answered = await extension.answerer.answer({ hook: key, url, request: sent, objects })
    const call = { handler, patch: patchOf(handler, key), hook: key, url, request: sent }
    if ('problem' in answered) {
      calls.push({ ...call, answer: undefined, problem: answered.problem, findings: [] })
      return failurePolicy === 'Ignore' ? { status: 'Success' } : failure(hook, answered.problem)
    }
    const { answer } = answered
    const findings = [
      ...checkAnswer(contract, answer, 0),
      ...(hook === 'DiscoverVariables' ? checkVariables(answer).findings : []),
    ]
    calls.push({ ...call, answer, findings })
    return answer
  }
}

function patchesOf(clusterClass: JsonObject, handler: string): string[] {
  const patches = at(clusterClass, 'spec', 'patches')
  return (Array.isArray(patches) ? patches : [])
    .filter(({ external }) => Object.values(external ?? {}).includes(handler))
    .map(({ name }) => String(name))
}

const failure = (hook: string, message: string): JsonObject => ({
  kind: `${hook}Response`,
  status: 'Failure',
  message,
})

function describeMissing({ name, handlers }: KnownExtension, hook: string): string {
  const served = handlers.filter(({ contract }) => contract.hook === hook)
  const names = served.map((handler) => registeredName(handler, name)).join(', ')
  return `the extension ${name} has no such handler for ${hook}; there is ${names || 'none'}`
}
