import { CommanderError } from 'commander'
import { reasonOf, StartError } from '../messages/start-error.ts'
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
  if (isRefusedByFileSystem(error)) return `${error.path}: ${reasonOf(error)}`
  const missing = describeMissingPackage(error)
  if (missing === undefined) throw error
  return missing
}

// The user has named the file or folder. Only for ENOENT it may as well be a file of the package, which is a bug.
const refusals = ['EACCES', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']

function isRefusedByFileSystem(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error &&
    'path' in error &&
    'code' in error &&
    refusals.includes(String(error.code))
  )
}
