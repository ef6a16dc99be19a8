import type { HookContract } from '../contract/contract.ts'
import { differences } from '../json/differences.ts'
import type { JsonObject } from '../json/json.ts'
import { withValue } from '../json/path.ts'
import { type Finding, finding } from './table.ts'

const topologyHooks = ['GeneratePatches', 'ValidateTopology']
const topologyMilliseconds = 200

/** Seconds after which the hook is to be called again, 0 when it does not block. */
export function retryAfterSeconds(answer: JsonObject): number {
  const { retryAfterSeconds: seconds } = answer
  return typeof seconds === 'number' ? Math.max(0, seconds) : 0
}

/** The message of an answer, empty when there is none. */
export function answerMessage(answer: JsonObject): string {
  return typeof answer['message'] === 'string' ? answer['message'] : ''
}

/** What every answer keeps, whatever its hook. */
export function checkAnswer(
  contract: HookContract,
  answer: JsonObject,
  milliseconds: number,
): Finding[] {
  const { status, retryAfterSeconds: seconds } = answer
  const findings: Finding[] = []
  if (status !== 'Success' && status !== 'Failure') {
    const found = status === undefined ? 'missing' : JSON.stringify(status)
    findings.push(finding('unknown-status', `status is ${found}`))
  }
  if (status === 'Failure' && answerMessage(answer) === '')
    findings.push(finding('failure-message', 'a Failure without a message'))
  if (typeof seconds === 'number' && seconds < 0)
    findings.push(finding('negative-retry', `retryAfterSeconds is ${seconds}`))
  if (retryAfterSeconds(answer) > 0 && answerMessage(answer) === '')
    findings.push(finding('block-message', `it blocks for ${seconds} s and does not say why`))
  if (topologyHooks.includes(contract.hook) && milliseconds > topologyMilliseconds)
    findings.push(finding('slow', `it took ${Math.round(milliseconds)} ms`))
  return findings
}

/** Two messages of one hook in one state: they may differ in words, not in numbers alone. */
export function checkMessages(previous: string, message: string): Finding[] {
  const masked = (text: string) => text.replaceAll(/[\da-f]*\d[\da-f]*/gi, '#')
  if (previous === message || masked(previous) !== masked(message)) return []
  return [finding('changing-message', `"${previous}", then "${message}"`)]
}

/** The answer to a call that was made again after it had succeeded. */
export function checkAgain(
  contract: HookContract,
  first: JsonObject,
  again: JsonObject,
): Finding[] {
  const outcome = (answer: JsonObject) => {
    // A Machine may be updated once more: only its Failure would be new.
    const blocks = contract.hook !== 'UpdateMachine' && retryAfterSeconds(answer) > 0
    return blocks ? 'a block' : String(answer['status'])
  }
  const [before, after] = [outcome(first), outcome(again)]
  if (before !== after)
    return [finding('not-idempotent', `first ${before}, then ${after}: ${answerMessage(again)}`)]
  if (contract.hook === 'UpdateMachine') return []
  if (answerMessage(first) !== answerMessage(again))
    return [
      finding('changing-message', `"${answerMessage(first)}", then "${answerMessage(again)}"`),
    ]
  const [path] = differences(comparable(first), comparable(again))
  return path === undefined ? [] : [finding('changing-answer', `${path} differs`)]
}

// Go's own Discovery lists its handlers in a new order each time; the controller does not mind.
function comparable(answer: JsonObject): JsonObject {
  const { handlers } = answer
  if (!Array.isArray(handlers)) return answer
  return withValue(
    answer,
    ['handlers'],
    handlers.map((handler) => JSON.stringify(handler)).toSorted(),
  )
}
