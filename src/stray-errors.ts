import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'
import type { Log } from './log.ts'

/** The hook and the handler of a call, as fields of a log line and labels of a metric. */
export interface HandlerReference {
  hook: string
  /** Undefined for Discovery, which has none. */
  handler: string | undefined
}

const running = new AsyncLocalStorage<HandlerReference>()

/** Runs a handler so that errors which it leaves behind are known to be its own. */
export function runAs<T>(handler: HandlerReference, run: () => T): T {
  return running.run(handler, run)
}

/**
 * Keeps the process alive when a handler leaves a rejection or an exception behind, for example in a
 * timer: other calls have no part in it. Each is logged and reported with its hook, as far as it is known.
 */
export function catchStrayErrors(
  log: Log,
  report: (handler: HandlerReference | undefined) => void,
): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      const handler = running.getStore()
      log.error(
        { ...handler, err: error },
        'SPIKE a handler left an error behind that nobody caught',
      )
      report(handler)
    })
}
