import { setTimeout as delay } from 'node:timers/promises'
import { defaultTimeoutSeconds, type HookContract } from '../../contract/contract.ts'
import type { JsonObject } from '../../json/json.ts'
import { answerMessage, checkAnswer, retryAfterSeconds } from '../../rules/answer.ts'
import type { Handler } from '../../rules/discovery.ts'
import type { Finding } from '../../rules/table.ts'
import type { Exchange, HookClient } from './client.ts'
import type { CallEvent, CallVerdict, Emit } from './events.ts'

/** Discovery, which no Discovery announces. */
export function discoveryHandler(contract: HookContract): Handler {
  const timeoutSeconds = defaultTimeoutSeconds
  return { contract, name: undefined, timeoutSeconds, failurePolicy: 'Fail' }
}

/** Time, so that tests need not wait. */
export interface Clock {
  /** Milliseconds. */
  now(): number
  sleep(seconds: number): Promise<void>
}

/** The time of the machine. */
export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (seconds) => delay(seconds * 1000),
}

/** What calls are made with. */
export interface CallerOptions {
  readonly client: HookClient
  readonly emit: Emit
  readonly clock: Clock
}

/** What a call came to; the answer of an ignored error is a Success. */
export interface CallOutcome {
  readonly answer?: JsonObject
  readonly verdict: CallVerdict
}

/** Calls a handler once, judges the answer and reports it. `again` marks a call made to compare. */
type CallHandler = (
  handler: Handler,
  request: JsonObject,
  judge: (answer: JsonObject) => Finding[],
  again?: true,
) => Promise<CallOutcome>

/** Makes calls whose offsets count from now. */
export function createCall({ client, emit, clock }: CallerOptions): CallHandler {
  const start = clock.now()
  return async (handler, request, judge, again) => {
    const { contract, name, timeoutSeconds } = handler
    const exchange = await client.call(contract, name, request, timeoutSeconds)
    const findings = judgeExchange(handler, exchange, judge)
    const verdict = verdictOf(handler, exchange, findings)
    const { answer, milliseconds } = exchange
    const seconds = answer === undefined ? 0 : retryAfterSeconds(answer)
    const message = answer === undefined ? '' : answerMessage(answer)
    const event: CallEvent = {
      event: 'call',
      offsetMilliseconds: Math.round(clock.now() - start),
      hook: contract.hook,
      handler: name ?? '',
      milliseconds,
      verdict,
      ...(seconds > 0 && { retryAfterSeconds: seconds }),
      ...(message !== '' && { message }),
      ...(again && { again }),
      findings,
    }
    emit(event)
    if (verdict === 'ignored') return { verdict, answer: { status: 'Success' } }
    return answer === undefined ? { verdict } : { verdict, answer }
  }
}

function judgeExchange(
  { contract, failurePolicy }: Handler,
  { error, answer, findings, milliseconds }: Exchange,
  judge: (answer: JsonObject) => Finding[],
): Finding[] {
  if (error !== undefined)
    return [...findings, failurePolicy === 'Ignore' ? { ...error, level: 'warning' } : error]
  if (answer === undefined) return [...findings]
  return [...findings, ...checkAnswer(contract, answer, milliseconds), ...judge(answer)]
}

function verdictOf(
  handler: Handler,
  exchange: Exchange,
  findings: readonly Finding[],
): CallVerdict {
  if (exchange.error !== undefined) return handler.failurePolicy === 'Ignore' ? 'ignored' : 'breaks'
  if (findings.some(({ level }) => level === 'break')) return 'breaks'
  const { answer } = exchange
  if (answer?.['status'] !== 'Success') return 'Failure'
  return retryAfterSeconds(answer) > 0 ? 'blocks' : 'ok'
}
