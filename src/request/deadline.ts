import { AsyncLocalStorage } from 'node:async_hooks'
import { defaultTimeoutSeconds, maxTimeoutSeconds } from '../contract/contract.ts'
import { parseDuration } from '../flags/duration.ts'

/** The handler needed longer than the controller waits. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
}

/** The controller has gone: nobody reads an answer. */
export class DisconnectError extends DeadlineError {
  override name = 'DisconnectError'
}

/** When a call ends. */
export interface Deadline {
  /** Ends with DeadlineError. */
  readonly signal: AbortSignal
  /** Rejects with DeadlineError. */
  readonly passed: Promise<never>
  clear(): void
}

/**
 * The end of a call, shortly before the controller stops waiting. `signal` ends first: 5 % of the call's `timeout`
 * before the controller stops, at least 100 ms. What a handler waits for ends with it, so that the handler can still
 * say what was missing. `passed` rejects after a fifth of that time: the call is given up. Both end at once when the
 * controller disconnects.
 *
 * @param timeout A Go duration, at most 30 s; 10 s when it is none.
 * @param client Ends with the connection.
 */
export function deadlineOf(timeout: string | undefined, client: AbortSignal): Deadline {
  const asked = parseDuration(timeout ?? '') || defaultTimeoutSeconds * 1000
  const wait = Math.min(asked, maxTimeoutSeconds * 1000)
  const margin = Math.min(wait / 2, Math.max(wait * 0.05, 100))
  const controller = new AbortController()
  const { promise: passed, reject } = Promise.withResolvers<never>()
  // Nobody may be racing any more when it passes.
  passed.catch(() => {})
  const late = new DeadlineError(`the controller waits ${wait} ms`)
  let timer = setTimeout(() => {
    controller.abort(late)
    timer = setTimeout(() => reject(late), margin / 5)
  }, wait - margin)
  // Listeners of the signal belong to the handler, also when the connection calls them.
  const disconnected = AsyncLocalStorage.bind(() => {
    const error = new DisconnectError('the controller has disconnected')
    controller.abort(error)
    reject(error)
  })
  client.addEventListener('abort', disconnected)
  return {
    signal: controller.signal,
    passed,
    clear() {
      clearTimeout(timer)
      client.removeEventListener('abort', disconnected)
    },
  }
}
