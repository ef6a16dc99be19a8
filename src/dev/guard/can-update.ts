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

/** Asks an extension what it updates in place; undefined for one that updates nothing in place. */
export async function canUpdateOf(
  { handlerOf, answer }: Answerer,
  { settings, objects, onProblem }: Asking,
): Promise<Knowledge['canUpdate']> {
  const handlers = {
    CanUpdateMachine: await handlerOf('CanUpdateMachine'),
    CanUpdateMachineSet: await handlerOf('CanUpdateMachineSet'),
  }
  if (Object.values(handlers).every((handler) => handler === undefined)) return undefined
  return async (hook, content) => {
    const contract = contractOf({ hook })
    const handler = handlers[hook]
    if (!contract || handler === undefined) return undefined
    const url = handlerPath(contract, handler)
    const request: JsonObject = { ...content, ...(settings !== undefined && { settings }) }
    const answered = await answer({ hook, url, request, objects })
    if ('answer' in answered) return answered.answer
    onProblem(answered.problem)
    return undefined
  }
}
