import type { HookContract } from 'capi-extension/hooks'
import * as v from 'valibot'

const fields = {
  status: v.picklist(['Success', 'Failure']),
  message: v.optional(v.string()),
  retryAfterSeconds: v.optional(v.pipe(v.number(), v.integer())),
}
const schema = v.object(fields)

/** An answer as someone stored it: it may block for 0 seconds, and block or fail without a message. */
export interface Preloaded extends v.InferOutput<typeof schema> {}

/** What someone prepared is no answer. The message names the ConfigMap and its key. */
export class PreloadedError extends Error {
  override name = 'PreloadedError'
}

/** Reads YAML or JSON with keys of any case, as Go does. Rejects with PreloadedError, which names the source. */
export async function parsePreloaded(
  { blocking }: Pick<HookContract, 'blocking'>,
  text: string,
  source: string,
): Promise<Preloaded> {
  const { load } = await import('js-yaml')
  let document: unknown
  try {
    document = load(text)
  } catch (cause) {
    throw new PreloadedError(`${source} is neither YAML nor JSON`, { cause })
  }
  const result = v.safeParse(schema, lowerCamelCase(document), { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    const problem = issue.received === 'undefined' ? 'required' : `expected ${issue.expected}`
    const path = v.getDotPath(issue)
    throw new PreloadedError([source, ...(path === null ? [] : [path]), problem].join(': '))
  }
  const { retryAfterSeconds: _, ...withoutRetry } = result.output
  return blocking ? result.output : withoutRetry
}

function lowerCamelCase(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return document
  const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [names.get(key.toLowerCase()) ?? key, value]),
  )
}
