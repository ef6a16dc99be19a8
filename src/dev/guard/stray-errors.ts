import process from 'node:process'
import { setImmediate } from 'node:timers/promises'
import { placeOfError } from '../error-place.ts'

const events = ['unhandledRejection', 'uncaughtException'] as const

/**
 * Runs something that calls handlers, and gives the errors beside what it gives that a handler left behind, such as in a
 * promise that nobody awaits: one sentence each. They would end the process.
 *
 * @param root The folder of the sources.
 */
export async function withStrayErrors<T>(
  root: string,
  run: () => Promise<T>,
): Promise<{ result: T; strayErrors: string[] }> {
  const strayErrors: string[] = []
  const catchError = (error: unknown) => {
    const place = error instanceof Error ? placeOfError(error, root) : undefined
    const message = error instanceof Error ? error.message : String(error)
    const where = place === undefined ? '' : `${place}: `
    strayErrors.push(`a handler left an error behind that nobody caught: ${where}${message}`)
  }
  for (const event of events) process.on(event, catchError)
  try {
    const result = await run()
    // Node tells of a rejection once the code that runs has ended.
    await setImmediate()
    return { result, strayErrors: [...new Set(strayErrors)] }
  } finally {
    for (const event of events) process.off(event, catchError)
  }
}
