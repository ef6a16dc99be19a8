import { StringDecoder } from 'node:string_decoder'
import { maxBodyBytes } from '../contract/contract.ts'
import { type BodyBudget, type Room, smallBodyBytes } from './body-budget.ts'
import { DisconnectError } from './deadline.ts'
import { createInterruption } from './interruption.ts'
import { depthCheck, maxDepth } from './nesting.ts'
import { OverloadError, readError, unmarshalError } from './request-error.ts'
import { type UploadPace, watchPace } from './upload-pace.ts'

/** A body as a transport hands it over. */
export interface IncomingBody {
  chunks: AsyncIterable<Uint8Array>
  /** Content-Length, where the client sent one. */
  length?: number
}

/** The body of a call until its answer. */
export interface Body {
  /** How many bytes have arrived. */
  readonly bytes: number
  /**
   * Reads the body, once. Rejects with BodyError when it is larger than 20 MiB, breaks off or is nested too deep; with
   * OverloadError when there is no room for it before the end, when it is not whole by then, and when it comes too
   * slowly while others wait.
   */
  read(): Promise<string>
  /** Gives the room of the body back, after the answer. */
  release(): void
}

/**
 * Opens a body. It gets room in the budget when its first 64 KiB have arrived, so that nobody takes room with a header
 * alone.
 *
 * @param end Rejects when the time of the body is over.
 */
export function openBody(
  { chunks, length = 0 }: IncomingBody,
  budget: BodyBudget,
  end: Promise<never>,
): Body {
  let bytes = 0
  let room: Room | undefined
  let pace: UploadPace | undefined
  const interruption = createInterruption()

  async function takeRoom(): Promise<void> {
    // A body without a length may become as large as any.
    const size = length || maxBodyBytes
    room = await budget.reserve(size, end).catch((error: unknown) => {
      throw describeEnd(error, 'too many calls are in flight')
    })
    pace = watchPace(
      size,
      () => budget.isCrowded,
      () => interruption.end(new OverloadError('the body came too slowly while others waited')),
    )
  }

  return {
    get bytes() {
      return bytes
    },
    async read() {
      if (length > maxBodyBytes) throw tooLarge()
      end.catch((error: unknown) =>
        interruption.end(describeEnd(error, 'the body did not arrive in time')),
      )
      // Each chunk is decoded as it comes: V8 manages the memory of texts and gives it back, that of buffers is malloc's.
      const decoder = new StringDecoder()
      const isTooDeep = depthCheck(maxDepth)
      let text = ''
      let pieces = 0
      // Not for-await, which ends with the connection destroyed. The answer has still to go over it.
      const iterator = chunks[Symbol.asyncIterator]()
      for (;;) {
        const next = iterator.next().catch(() => Promise.reject(brokeOff()))
        const { done, value } = await interruption.orEnd(next)
        if (done) break
        bytes += value.length
        if (bytes > maxBodyBytes) throw tooLarge()
        if (isTooDeep(value)) throw unmarshalError(`nested deeper than ${maxDepth} levels`)
        if (!room && bytes > smallBodyBytes) await takeRoom()
        pace?.arrived(bytes)
        text += decoder.write(value)
        // V8 keeps joined texts as a tree until somebody reads a character. A client may send single bytes.
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

const describeEnd = (error: unknown, reason: string) =>
  error instanceof DisconnectError ? brokeOff() : new OverloadError(reason)
const tooLarge = () => readError(`the body is larger than ${maxBodyBytes} bytes`)
const brokeOff = () => readError('the body broke off')
