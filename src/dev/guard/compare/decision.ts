import type { JsonObject } from '../../../json/json.ts'
import { answerMessage, retryAfterSeconds } from '../../../rules/answer.ts'
import { type Effect, effectOn } from '../result.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import type { AnswerPair } from './compare.ts'

/** What an answer decides about its Cluster, and the same in words. */
export interface Decision {
  readonly kind: 'goes on' | 'blocks' | 'fails'
  readonly text: string
}

/** The decision of an answer. */
export function decisionOf(answer: JsonObject): Decision {
  const message = answerMessage(answer)
  const because = message === '' ? '' : `: ${message}`
  if (answer['status'] !== 'Success') return { kind: 'fails', text: `fails${because}` }
  const seconds = retryAfterSeconds(answer)
  if (seconds === 0) return { kind: 'goes on', text: 'goes on' }
  return { kind: 'blocks', text: `blocks for ${seconds} s${because}` }
}

/** Compares what two answers decide: of the hooks of a Cluster's life, and of ValidateTopology. */
export function compareDecisions(hook: string, { request, before, after }: AnswerPair): Effect[] {
  const cluster = clusterOfRequest(request)
  const [was, is] = [decisionOf(before), decisionOf(after)]
  if (was.kind !== is.kind)
    return [
      effectOn(cluster, hook, {
        verdict: 'decides otherwise',
        reason: `${was.text} before, now ${is.text}`,
      }),
    ]
  const same = retryAfterSeconds(before) === retryAfterSeconds(after)
  const isSame = same && answerMessage(before) === answerMessage(after)
  return [effectOn(cluster, hook, isSame ? {} : { notes: [`${was.text} before, now ${is.text}`] })]
}
