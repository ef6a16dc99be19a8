import { handlerPath } from '../../contract/contract.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Knowledge } from '../../rollout/verdict.ts'
import { type Answerer, contractOf, type RecordedCall } from './answerer.ts'

/** What an extension is asked with. */
export interface Asking {
  /** Those of its ExtensionConfig. */
  readonly settings: unknown
  /** Objects of the management cluster that its handlers find. */
  readonly objects?: RecordedCall['objects']
  /** Gets the reason why there is no answer. */
  readonly onProblem: (problem: string) => void
}

/** Asks an extension what it updates in place. */
export function canUpdateOf(
  { handlerOf, answer }: Answerer,
  { settings, objects, onProblem }: Asking,
): NonNullable<Knowledge['canUpdate']> {
  return async (hook, content) => {
    const contract = contractOf({ hook })
    const handler = await handlerOf(hook)
    if (!contract || handler === undefined) return undefined
    const url = handlerPath(contract, handler)
    const request: JsonObject = { ...content, ...(settings !== undefined && { settings }) }
    const answered = await answer({ hook, url, request, objects })
    if ('answer' in answered) return answered.answer
    onProblem(answered.problem)
    return undefined
  }
}
