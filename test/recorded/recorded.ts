import { readdirSync, readFileSync } from 'node:fs'
import { pino } from 'pino'
import type { Answer } from '../../src/handler/answer.ts'
import type { Hook } from '../../src/handler/hook.ts'
import { memoryConfigMaps } from '../../src/sample/memory-config-maps.ts'
import { createResponseStore, type ResponseStore } from '../../src/sample/response-store.ts'

/** One call of the real controllers, with what Cluster API's Go test extension answered. */
export interface Recorded {
  file: string
  url: string
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

/** A logger that writes nothing. */
export const silent = pino({ level: 'silent' })

/** Calls a hook as the pipeline does, without HTTP. */
export function run(
  hook: Hook,
  request: object,
  store: ResponseStore = createResponseStore(memoryConfigMaps(), silent),
): Promise<Answer> {
  return hook.run(request, { log: silent, signal: new AbortController().signal, store })
}
