import { AsyncLocalStorage } from 'node:async_hooks'
import { defaultTimeoutSeconds, maxTimeoutSeconds } from '../contract/contract.ts'
import { parseDuration } from '../contract/duration.ts'

/** The call took longer than the controller waits. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
}

/** The controller has disconnected: nobody reads an answer. */
export class DisconnectError extends DeadlineError {
  override name = 'DisconnectError'
}

/** The end of a call, in two steps that come shortly before the controller stops waiting. */
export interface Deadline {
  /** Ends first, with DeadlineError: a handler that passes it on can still answer and say what was missing. */
  readonly signal: AbortSignal
  /** Rejects after `signal`, with DeadlineError: the call is given up. */
  readonly passed: Promise<never>
  /** Stops the clock. */
  clear(): void
}

/**
 * Starts the deadline of a call. `signal` ends when 5 % of the timeout are left, at least 100 ms; `passed` rejects after
 * a fifth of the rest. Both end at once when the controller disconnects.
 *
 * @param timeout A Go duration of at most 30 s; 10 s when it is missing or not one.
 * @param client Ends with the connection.
 */
export function startDeadline(timeout: string | undefined, client: AbortSignal): Deadline {
  const asked = parseDuration(timeout ?? '') || defaultTimeoutSeconds * 1000
  const waitMilliseconds = Math.min(asked, maxTimeoutSeconds * 1000)
  const marginMilliseconds = Math.min(waitMilliseconds / 2, Math.max(waitMilliseconds * 0.05, 100))
  const controller = new AbortController()
  const { promise: passed, reject } = Promise.withResolvers<never>()
  // A call that has ended does not wait for it, and its rejection must not count as one that nobody caught.
  passed.catch(() => {})
  const late = new DeadlineError(`the controller waits ${waitMilliseconds} ms`)
  let timer = setTimeout(() => {
    controller.abort(late)
    timer = setTimeout(() => reject(late), marginMilliseconds / 5)
  }, waitMilliseconds - marginMilliseconds)
  // An error in a listener of the signal is the handler's own, also when it is the connection that ends the signal.
  const disconnect = AsyncLocalStorage.bind(() => {
    const error = new DisconnectError('the controller has disconnected')
    controller.abort(error)
    reject(error)
  })
  if (client.aborted) disconnect()
  else client.addEventListener('abort', disconnect)
  return {
    signal: controller.signal,
    passed,
    clear() {
      clearTimeout(timer)
      client.removeEventListener('abort', disconnect)
    },
  }
}
