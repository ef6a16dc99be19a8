import { StringDecoder } from 'node:string_decoder'
import { maxBodyBytes } from '../contract/contract.ts'
import { type BodyBudget, type Room, smallBodyBytes } from './body-budget.ts'
import { DisconnectError } from './deadline.ts'
import { createInterruption, type Interruption } from './interruption.ts'
import { depthCheck, maxDepth } from './nesting.ts'
import { type UploadPace, watchPace } from './upload-pace.ts'

/** A body that is no request. The message is for the controller: deterministic, and it quotes nothing. */
export class BodyError extends Error {
  override name = 'BodyError'
}

/** There is no room for a body, or it comes too slowly. The message is for the controller: deterministic. */
export class OverloadError extends Error {
  override name = 'OverloadError'
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

/** A body, and what the process holds for it. */
export interface OpenBody {
  /** Bytes that have come. */
  readonly bytes: number
  /**
   * Reads it, once. Rejects with BodyError when it is larger than 20 MiB, breaks off or is nested too deep; with
   * OverloadError when there is no room for it before the end, when it is not whole by then, and when it comes too
   * slowly while others wait.
   */
  read(): Promise<string>
  /** Gives the room back: the answer is there. */
  release(): void
}

/** Opens a body, which has until `end` rejects to come. */
export function openBody(
  { chunks, length = 0 }: IncomingBody,
  budget: BodyBudget,
  end: Promise<never>,
): OpenBody {
  let bytes = 0
  let room: Room | undefined
  let pace: UploadPace | undefined

  async function makeRoom(size: number, interruption: Interruption): Promise<void> {
    room = await budget.reserve(size, end)
    pace = watchPace(
      size,
      () => budget.isCrowded,
      () => interruption.end(overload('the body came too slowly while others waited')),
    )
  }

  return {
    get bytes() {
      return bytes
    },
    async read() {
      if (length > maxBodyBytes) throw tooLarge()
      // Decoded as it comes, so that a large body is memory which V8 manages and gives back, not malloc's.
      const decoder = new StringDecoder()
      const exceeds = depthCheck(maxDepth)
      const interruption = createInterruption()
      end.catch((error: unknown) =>
        interruption.end(describeEnd(error, 'the body did not arrive in time')),
      )
      let text = ''
      let pieces = 0
      // No for-await: it would end with the connection destroyed, which is still to carry the answer.
      const iterator = chunks[Symbol.asyncIterator]()
      for (;;) {
        const next = iterator.next().catch(() => Promise.reject(brokeOff()))
        const { done, value } = await interruption.orEnd(next)
        if (done) break
        bytes += value.length
        if (bytes > maxBodyBytes) throw tooLarge()
        if (exceeds(value)) throw unmarshallingError(`nested deeper than ${maxDepth} levels`)
        // Only now, so that no client takes room with a header alone. Without a length it may become as large as any.
        if (!room && bytes > smallBodyBytes)
          await makeRoom(length || maxBodyBytes, interruption).catch((error) =>
            Promise.reject(describeEnd(error, 'too many calls are in flight')),
          )
        pace?.arrived(bytes)
        text += decoder.write(value)
        // V8 keeps a sum of texts as a tree until a character of it is read. A client may send single bytes.
        if (++pieces % 1024 === 0) text.charCodeAt(0)
      }
      pace?.stop()
      room?.keep(bytes)
      return text + decoder.end()
    },
    release() {
      pace?.stop()
      room?.keep(0)
    },
  }
}

const describeEnd = (error: unknown, message: string) =>
  error instanceof DisconnectError ? brokeOff() : overload(message)
const overload = (message: string) => new OverloadError(`${message}: try again`)
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
