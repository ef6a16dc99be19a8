import type { Answer } from '../handler/answer.ts'
import { createContext } from '../handler/create-context.ts'
import type { Extension } from '../handler/extension.ts'
import type { OpenCall } from './call.ts'
import type { AllDependencies } from './dependencies.ts'
import { runAs } from './stray-errors.ts'

/**
 * Runs the handler of a call with its request. Rejects with SettingsError, with DeadlineError when the handler does not
 * answer in time, with AnswerError when its answer is against the contract, and with whatever it throws.
 */
export async function runHandler(
  { hook, handler, deadline: { signal, passed }, logFields }: OpenCall,
  request: object,
  extension: Omit<Extension, 'hooks'>,
  { log, cluster, now }: AllDependencies,
): Promise<Answer> {
  // The body may have taken all the time.
  signal.throwIfAborted()
  const services = {
    log: log.child(logFields),
    signal,
    api: cluster.api(signal),
    state: cluster.state(signal),
    now,
  }
  const answer = runAs(handler, async () =>
    hook.run(request, await createContext(extension, request, services)),
  )
  return Promise.race([answer, passed])
}
