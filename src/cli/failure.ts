import { CommanderError } from 'commander'
import { StartError } from '../messages/start-error.ts'
import { describeMissingPackage } from './missing-package.ts'
import { UsageError } from './usage-error.ts'

/**
 * One line about what went wrong, and what to do. Throws what is a bug.
 *
 * @param command For example `capi-extension demo`.
 */
export function describeFailure(error: unknown, command: string): string {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
    return `${message.replace(/\.$/, '')}: see ${command} --help`
  }
  if (error instanceof UsageError || error instanceof StartError) return error.message
  const missing = describeMissingPackage(error)
  if (missing === undefined) throw error
  return missing
}
