import * as v from 'valibot'
import type { HookContract } from '../contract/contract.ts'
import type { Answer } from '../handler/answer.ts'

const requests = new WeakMap<Answer, object>()

/** Remembers what an answer is for: matchers look at the answer alone. */
export function rememberRequest(answer: Answer, request: object): Answer {
  requests.set(answer, request)
  return answer
}

/** The request that callHook got this answer for. Throws TypeError unless it is one of these hooks. */
export function answeredRequest<Request extends object>(
  answer: Answer,
  ...contracts: readonly HookContract<Request>[]
): Request {
  const request = requests.get(answer)
  const hooks = contracts.map(({ hook }) => hook).join(' and ')
  for (const contract of contracts) {
    const { success, output } = v.safeParse(contract.request, request)
    if (success) return output
  }
  throw new TypeError(
    request
      ? `this matcher is for answers of ${hooks}`
      : 'this matcher is for the answer that callHook gave, and not for a copy of it',
  )
}
