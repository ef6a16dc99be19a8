import { readdirSync, readFileSync } from 'node:fs'

/** One call of the real controllers, with what Cluster API's Go test extension answered. */
export interface Recorded {
  file: string
  url: string
  method: string
  headers: Record<string, string>
  request: Record<string, unknown>
  goResponse: { status: number; body: Record<string, unknown> }
  /** Data of the ConfigMap of lifecycle answers at that time. */
  prepared?: Record<string, string>
}

/** The recorded calls of a hook, in their order. */
export function recordedOf(hook: string): Recorded[] {
  const directory = new URL('.', import.meta.url)
  return readdirSync(directory)
    .filter((file) => new RegExp(`^${hook.toLowerCase()}-\\d+\\.json$`).test(file))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, directory), 'utf8')) }))
}
