import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'
import type { HandlerReference } from '../observability/handler-reference.ts'
import type { Log } from '../observability/log.ts'
import { permissionHint } from './permission.ts'

const running = new AsyncLocalStorage<HandlerReference>()

/** Runs a handler so that an error which it leaves behind, for example in a timer, is known to be its own. */
export function runAs<T>(handler: HandlerReference, run: () => T): T {
  return running.run(handler, run)
}

/**
 * Catches the rejections and exceptions that nobody else catches. One that a handler left behind is logged and reported
 * with its hook, and the process goes on: other calls have no part in it. Any other is logged and ends the process with
 * 1, since nobody knows what it broke: Kubernetes starts the process again.
 */
export function catchStrayErrors(log: Log, report: (handler: HandlerReference) => void): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      const handler = running.getStore()
      const fields = { ...handler, err: error, ...permissionHint(error) }
      if (!handler) {
        log.fatal(fields, 'an error outside of any handler ends the process')
        process.exit(1)
      }
      log.error(fields, 'a handler left an error behind that nobody caught')
      report(handler)
    })
}
