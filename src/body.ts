import { StringDecoder } from 'node:string_decoder'
import type { HeldBody } from './body-budget.ts'
import { maxBodyBytes } from './contract/contract.ts'

/** Deepest nesting of lists and objects that a request may have; Kubernetes objects stay below 100. */
export const maxDepth = 1000

/** A body that is no request. The message is for the controller: deterministic, and it quotes nothing. */
export class BodyError extends Error {
  override name = 'BodyError'
}

/** A body that was read whole but makes no sense, as Go's server words it. */
export function unmarshallingError(reason: string): BodyError {
  return new BodyError(`error unmarshalling request: ${reason}`)
}

/** A body on its way. */
export interface IncomingBody {
  chunks: AsyncIterable<Uint8Array>
  /** Content-Length, where the client told it. */
  length?: number
}

/**
 * Reads a body, as fast as the budget lets it. Rejects with BodyError when it is larger than 20 MiB, breaks
 * off or is nested too deep, and with what `end` rejects with when it comes while the body waits.
 */
export async function readBody(
  { chunks, length = 0 }: IncomingBody,
  held: HeldBody,
  end: Promise<never>,
): Promise<string> {
  if (length > maxBodyBytes) throw tooLarge()
  // Decoded as it comes, so that a large body is memory which V8 manages and gives back, not malloc's.
  const decoder = new StringDecoder()
  const exceeds = depthCheck(maxDepth)
  let text = ''
  let size = 0
  // No for-await: it would end with the connection destroyed, which is still to carry the answer.
  const iterator = chunks[Symbol.asyncIterator]()
  for (;;) {
    const { done, value } = await iterator.next().catch(() => Promise.reject(brokeOff()))
    if (done) break
    size += value.length
    if (size > maxBodyBytes) throw tooLarge()
    if (exceeds(value)) throw unmarshallingError(`nested deeper than ${maxDepth} levels`)
    await held.add(value.length, end)
    text += decoder.write(value)
  }
  held.complete()
  return text + decoder.end()
}

const tooLarge = () =>
  new BodyError(`error reading request: the body is larger than ${maxBodyBytes} bytes`)
const brokeOff = () => new BodyError('error reading request: the body broke off')

/** The JSON value of a body. Throws BodyError. An empty request is written `null` or `{}`. */
export function parseBody(body: string): object {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    // V8's message quotes the body, which belongs in no condition and no log.
    throw unmarshallingError('the body is not JSON')
  }
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw unmarshallingError('the body is not a JSON object')
  return value
}

const quote = 0x22
const backslash = 0x5c
const kindOfQuote = 1
const kindOfOpening = 2
const kindOfClosing = 3
const kinds = new Uint8Array(256)
kinds[quote] = kindOfQuote
for (const bracket of '[{') kinds[bracket.charCodeAt(0)] = kindOfOpening
for (const bracket of ']}') kinds[bracket.charCodeAt(0)] = kindOfClosing

/**
 * Tells, chunk by chunk, whether JSON is nested deeper than the limit. It comes before JSON.parse, which
 * takes seconds for millions of open brackets. A request pays a third of its parsing for it: for each byte
 * of a string one comparison, for others one look in a table. UTF-8 has no ASCII inside of other characters.
 */
export function depthCheck(limit: number): (chunk: Uint8Array) => boolean {
  let depth = 0
  let inString = false
  // Above 0 when the last byte was a backslash: what it escapes comes with the next chunk.
  let start = 0
  return (chunk) => {
    const { length } = chunk
    let index = start
    // Variables of their own, since those of the closure are twice as slow.
    let open = depth
    let inside = inString
    while (index < length) {
      if (inside) {
        while (index < length && chunk[index] !== quote) index += chunk[index] === backslash ? 2 : 1
        if (index >= length) break
        inside = false
        index++
      }
      while (index < length) {
        const kind = kinds[chunk[index++] ?? 0]
        if (kind === kindOfQuote) {
          inside = true
          break
        }
        if (kind === kindOfClosing) open--
        else if (kind === kindOfOpening && ++open > limit) return true
      }
    }
    start = index - length
    depth = open
    inString = inside
    return false
  }
}
