import * as v from 'valibot'
import type { HookContract } from '../contract/contract.ts'
import { describeIssue } from '../hook.ts'
import { StoreError } from './config-maps.ts'

const fields = {
  status: v.picklist(['Success', 'Failure']),
  message: v.optional(v.string()),
  retryAfterSeconds: v.optional(v.pipe(v.number(), v.integer())),
}
const schema = v.object(fields)

// Marks an answer that a handler may pass on though it could not make it. JSON leaves it out.
const stored = Symbol('stored')

/** An answer as someone stored it: unlike a handler's own, it may block or fail without a message. */
export interface StoredResponse extends v.InferOutput<typeof schema> {
  readonly [stored]: true
}

/** Marks an answer as stored. */
export function storedResponse(answer: v.InferOutput<typeof schema>): StoredResponse {
  return { ...answer, [stored]: true }
}

/** Reads YAML or JSON with keys of any case, as Go does. Rejects with StoreError, which names the source. */
export async function readPreloaded(
  contract: HookContract,
  text: string,
  source: string,
): Promise<StoredResponse> {
  const { load } = await import('js-yaml')
  let document: unknown
  try {
    document = load(text)
  } catch (cause) {
    throw new StoreError(`${source} is neither YAML nor JSON`, { cause })
  }
  const result = v.safeParse(schema, lowerCamelCase(document), { abortEarly: true })
  if (!result.success) throw new StoreError(`${source}: ${describeIssue(result.issues[0])}`)
  const { retryAfterSeconds: _, ...withoutRetry } = result.output
  return storedResponse(contract.blocking ? result.output : withoutRetry)
}

function lowerCamelCase(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document
  const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [names.get(key.toLowerCase()) ?? key, value]),
  )
}
