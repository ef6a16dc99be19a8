import { defaultTimeoutSeconds } from './contract/contract.ts'
import { parseDuration } from './duration.ts'

/** The handler needed longer than the controller waits, or the controller has gone. */
export class DeadlineError extends Error {
  override name = 'DeadlineError'
}

/**
 * The end of a call: shortly before the controller stops waiting, 5 % of its `timeout` and at
 * least 100 ms (later nobody listens), or when it disconnects.
 *
 * @param timeout A Go duration; 10 s when it is none.
 * @param client Ends with the connection.
 */
export function deadlineOf(timeout: string | undefined, client: AbortSignal) {
  const wait = parseDuration(timeout ?? '') || defaultTimeoutSeconds * 1000
  const controller = new AbortController()
  const { promise: passed, reject } = Promise.withResolvers<never>()
  // Nobody may be racing any more when it passes.
  passed.catch(() => {})
  const end = (reason: string) => {
    const error = new DeadlineError(reason)
    controller.abort(error)
    reject(error)
  }
  const timer = setTimeout(
    () => end(`the controller waits ${wait} ms`),
    Math.max(wait / 2, wait - Math.max(wait * 0.05, 100)),
  )
  const disconnected = () => end('the controller has disconnected')
  client.addEventListener('abort', disconnected)
  return {
    signal: controller.signal,
    /** Rejects with DeadlineError. */
    passed,
    clear() {
      clearTimeout(timer)
      client.removeEventListener('abort', disconnected)
    },
  }
}
