import { pino } from 'pino'
import type { HookContract } from '../../contract/contract.ts'
import { Discovery } from '../../contract/discovery.ts'
import { discoveryOf } from '../../extension/discovery.ts'
import type { ServeOptions } from '../../extension/serve-options.ts'
import { AnswerError, failureAnswer } from '../../handler/answer.ts'
import { createContext, SettingsError } from '../../handler/create-context.ts'
import type { Hook } from '../../handler/hook.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Api } from '../../kubernetes/api.ts'
import { memoryApi } from '../../kubernetes/memory-api.ts'
import { memoryStates } from '../../kubernetes/memory-state.ts'
import { handlerNameOf, timeoutOf } from '../../recording/recording.ts'
import { startDeadline } from '../../request/deadline.ts'
import { placeOfError } from '../error-place.ts'
import { type Answered, type Answerer, contractOf, type RecordedCall } from './answerer.ts'

const log = pino({ level: 'silent' })
const connected = new AbortController().signal

/**
 * Answers with the handlers of an extension that was loaded into this process.
 *
 * @param root The folder of its sources.
 * @param now The time that handlers get: the same for all that is compared.
 */
export function answerFromSources(
  { hooks, ...extension }: ServeOptions,
  { name, root, now }: { name: string; root: string; now: () => Date },
): Answerer {
  const discovery = discoveryOf(hooks)
  async function answer(recording: RecordedCall): Promise<Answered> {
    const contract = contractOf(recording)
    if (!contract) return { problem: `no hook is called "${recording.hook}"` }
    const handlerName = handlerNameOf(recording)
    const isDiscovery = contract === Discovery
    const hook = isDiscovery ? discovery : findHook(hooks, contract, handlerName)
    if (!hook) return { problem: describeMissing(hooks, contract, handlerName) }
    const { signal, passed, clear } = startDeadline(timeoutOf(recording), connected)
    const api = lazyApi(recording.objects)
    const services = { log, signal, api, state: memoryStates(now)(signal), now }
    try {
      // Discovery has no settings.
      const context = createContext(isDiscovery ? {} : extension, recording.request, services)
      const run = async () => hook.run(recording.request, await context)
      return { answer: overTheWire(await Promise.race([run(), passed])) }
    } catch (error) {
      if (error instanceof SettingsError)
        return { answer: overTheWire(failureAnswer(hook.contract, error.message)) }
      return { problem: describeProblem(error, hook, root) }
    } finally {
      clear()
    }
  }
  return {
    name,
    answer,
    async handlerOf(hook) {
      return hooks.find(({ contract }) => contract.hook === hook)?.name
    },
    async close() {},
  }
}

/** Copies the objects when a handler asks for one: most do not, and there may be many. */
function lazyApi(objects: RecordedCall['objects']): Api {
  let opened: Api | undefined
  return new Proxy(memoryApi(), {
    get(_, name) {
      opened ??= memoryApi(objects)
      return Reflect.get(opened, name)
    },
  })
}

/** The handler of a name. The project may have another copy of the contract than this process. */
const findHook = (hooks: readonly Hook[], { hook }: HookContract, name: string | undefined) =>
  hooks.find((candidate) => candidate.contract.hook === hook && candidate.name === name)

function describeMissing(
  hooks: readonly Hook[],
  { hook }: HookContract,
  name: string | undefined,
): string {
  const others = hooks.filter(({ contract }) => contract.hook === hook)
  const served = others.map((other) => `"${other.name}"`).join(', ')
  return `handler "${name}" of ${hook} is not served${served && `, but ${served}`}`
}

function describeProblem(error: unknown, { contract, name }: Hook, root: string): string {
  if (!(error instanceof Error)) return `handler "${name}" threw ${String(error)}`
  // The project may have another copy of the class.
  if (error instanceof AnswerError || error.name === 'AnswerError')
    return `handler "${name}" answers what ${contract.hook} does not allow: ${error.message}`
  const place = placeOfError(error, root)
  return `handler "${name}" failed: ${place === undefined ? '' : `${place}: `}${error.message}`
}

const overTheWire = (answer: object): JsonObject => JSON.parse(JSON.stringify(answer))
