import { handlerPath } from '../../contract/contract.ts'
import type { Knowledge } from '../../rollout/verdict.ts'
import { type Answerer, contractOf, type RecordedCall } from './answerer.ts'

/**
 * Asks an extension what it updates in place.
 *
 * @param objects Those of the management cluster that its handlers find.
 * @param onProblem Gets the reason why there is no answer.
 */
export function canUpdateOf(
  { handlerOf, answer }: Answerer,
  objects?: RecordedCall['objects'],
  onProblem: (problem: string) => void = () => {},
): NonNullable<Knowledge['canUpdate']> {
  return async (hook, request) => {
    const contract = contractOf({ hook })
    const handler = await handlerOf(hook)
    if (!contract || handler === undefined) return undefined
    const answered = await answer({ hook, url: handlerPath(contract, handler), request, objects })
    if ('answer' in answered) return answered.answer
    onProblem(answered.problem)
    return undefined
  }
}
