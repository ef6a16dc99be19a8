import { readFileSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

/** The value of `--url`. */
export const readURL = (text: string) => urlOf(text, '--url')

/** A URL that is the value of a flag, or a part of it. */
export function urlOf(text: string, flag: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined)
    throw new UsageError(`${flag}: "${text}" is no URL such as https://localhost:9443`)
  if (url.protocol !== 'https:')
    throw new UsageError(
      `${flag}: Cluster API calls extensions over https only, not ${url.protocol}//`,
    )
  return url
}

/** The content of the file that `--ca` names. */
export function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--ca: ${error instanceof Error ? error.message : String(error)}`)
  }
}
