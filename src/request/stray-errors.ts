import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'
import type { Log } from '../observability/log.ts'
import { permissionHint } from './permission.ts'

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
 * Keeps the process alive when a handler leaves a rejection or an exception behind, for example in a timer: other
 * calls have no part in it. It is logged and reported with its hook. One that comes from no handler is logged and ends
 * the process with 1, since nobody knows what it left broken: Kubernetes starts it again.
 */
export function catchStrayErrors(log: Log, report: (handler: HandlerReference) => void): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      const handler = running.getStore()
      if (!handler) {
        log.fatal(
          { err: error, ...permissionHint(error) },
          'an error outside of any handler ends the process',
        )
        process.exit(1)
      }
      log.error(
        { ...handler, err: error, ...permissionHint(error) },
        'a handler left an error behind that nobody caught',
      )
      report(handler)
    })
}
