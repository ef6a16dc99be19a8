import { readdirSync, readFileSync } from 'node:fs'
import type { Recording } from '../../src/recording/recording.ts'

/** One call of the real controllers, with what Cluster API's Go test extension answered. */
export interface Recorded extends Recording {
  readonly file: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

/** The recorded calls of a hook, in their order. */
export function recordedOf(hook: string): Recorded[] {
  const directory = new URL('.', import.meta.url)
  return readdirSync(directory)
    .filter((file) => new RegExp(`^${hook.toLowerCase()}-\\d+\\.json$`).test(file))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, directory), 'utf8')) }))
}
