import type { JsonObject } from '../../json/json.ts'
import { answerMessage, checkAgain, checkMessages, retryAfterSeconds } from '../../rules/answer.ts'
import type { Handler } from '../../rules/discovery.ts'
import { type Finding, finding } from '../../rules/table.ts'
import { type CallerOptions, type CallOutcome, createCall } from './call.ts'
import type { Emit } from './events.ts'

/** What is checked of the answers to one request, beside what holds for every hook. */
interface Checks {
  /** Judges an answer with status Success. */
  readonly check?: (answer: JsonObject) => Finding[]
  /** Another request for the second call, and how its Success compares with the first one. */
  readonly again?: {
    readonly request: JsonObject
    readonly compare: (first: JsonObject, again: JsonObject) => Finding[]
  }
}

/** Calls handlers until they let the Cluster go on, as the controllers do. */
export interface Controller {
  readonly emit: Emit
  /**
   * Calls all handlers in turn, waits while one blocks, tries again after a Failure, and at last
   * calls each once more. Gives their answers, or undefined when the Cluster would be stuck: that is
   * reported, and the simulated Cluster goes on.
   */
  settle(
    handlers: readonly Handler[],
    request: JsonObject,
    checks?: Checks,
  ): Promise<readonly JsonObject[] | undefined>
}

const secondsAfterFailure = [1, 2]

/** How long one hook may block in all, and what a longer block is. */
export interface BlockLimit {
  readonly maxBlockSeconds: number
  /** `break` of a rule unless given; a `note` where nobody is there to end the block. */
  readonly longBlocks?: 'break' | 'note'
}

/** Makes a controller. */
export function createController(options: CallerOptions & BlockLimit): Controller {
  const { emit, clock, maxBlockSeconds, longBlocks = 'break' } = options
  const call = createCall(options)
  async function callInTurn(
    handlers: readonly Handler[],
    request: JsonObject,
    { check }: Checks,
    messages: Map<Handler, string>,
  ): Promise<CallOutcome[]> {
    const outcomes: CallOutcome[] = []
    for (const handler of handlers) {
      const outcome = await call(handler, request, (answer) => {
        const previous = messages.get(handler)
        messages.set(handler, answerMessage(answer))
        return [
          ...(previous === undefined ? [] : checkMessages(previous, answerMessage(answer))),
          ...(answer['status'] === 'Success' ? (check?.(answer) ?? []) : []),
        ]
      })
      outcomes.push(outcome)
      if (outcome.answer?.['status'] !== 'Success') break
    }
    return outcomes
  }

  async function callAgain(
    handler: Handler,
    request: JsonObject,
    first: JsonObject,
    checks: Checks,
  ) {
    const { request: next = request, compare } = checks.again ?? {}
    const judge = (again: JsonObject) =>
      compare && again['status'] === 'Success'
        ? compare(first, again)
        : checkAgain(handler.contract, first, again)
    await call(handler, next, judge, true)
  }

  return {
    emit,
    async settle(handlers, request, checks = {}) {
      const messages = new Map<Handler, string>()
      const hook = handlers[0]?.contract.hook ?? ''
      const giveUp = (rule: 'failure' | 'blocked-too-long', detail: string) => {
        emit({ event: 'finding', hook, finding: finding(rule, detail) })
        return undefined
      }
      let waited = 0
      let failures = 0
      for (;;) {
        const outcomes = await callInTurn(handlers, request, checks, messages)
        const answers = outcomes.flatMap(({ answer }) => (answer === undefined ? [] : [answer]))
        const last = answers.at(-1)
        if (answers.length < outcomes.length || last === undefined) return undefined
        if (last['status'] !== 'Success') {
          if (last['status'] !== 'Failure') return undefined
          const pause = secondsAfterFailure[failures++]
          if (pause === undefined) return giveUp('failure', answerMessage(last) || 'no message')
          await clock.sleep(pause)
          continue
        }
        const seconds = Math.min(...answers.map(retryAfterSeconds).filter((value) => value > 0))
        if (seconds === Number.POSITIVE_INFINITY) {
          for (const [index, handler] of handlers.entries()) {
            const ignored = outcomes[index]?.verdict === 'ignored'
            if (!ignored) await callAgain(handler, request, answers[index] ?? {}, checks)
          }
          return answers
        }
        const message = answers.map(answerMessage).filter(Boolean).join(', ') || 'no message'
        if (waited + seconds > maxBlockSeconds) {
          const detail = `after ${waited} s it still wants ${seconds} s: ${message}`
          if (longBlocks === 'break') return giveUp('blocked-too-long', detail)
          emit({ event: 'note', text: `${hook} is not waited for any longer: ${detail}` })
          return undefined
        }
        if (handlers.length > 1)
          emit({ event: 'note', text: `${hook} waits ${seconds} s, the shortest: ${message}` })
        await clock.sleep(seconds)
        waited += seconds
      }
    },
  }
}
