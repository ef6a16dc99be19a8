/** What a call takes beside its body: connection, request and answer, in bytes. */
export const callBytes = 32 * 1024

/** One body's part of a budget. */
export interface HeldBody {
  readonly bytes: number
  /** Waits in line until so many further bytes may be held. Rejects as `end` does, when that is earlier. */
  add(bytes: number, end: Promise<never>): Promise<void>
  /** The body is whole: it takes no more, and keeps what it has until it is released. */
  complete(): void
  /** Gives all back, once: a second call does nothing. */
  release(): void
}

/** The bytes of request bodies that are held at once, from the first one to the end of the answer. */
export interface BodyBudget {
  readonly held: number
  open(): HeldBody
}

interface Body {
  bytes: number
  waiting?: { bytes: number; resolve: () => void }
}

/**
 * A budget of so many bytes. Bodies that do not fit wait where they are, and the rest of them stays with
 * the client. The first in line may go on when it fits beside the complete ones, whatever others have
 * begun: so there is always one that gets done.
 */
export function createBodyBudget(limit: number): BodyBudget {
  let held = 0
  let complete = 0
  /** In order of arrival. */
  const reading = new Set<Body>()

  function take(body: Body, bytes: number): boolean {
    const [first] = reading
    if (held + bytes > limit && (body !== first || complete + body.bytes + bytes > limit))
      return false
    held += bytes
    body.bytes += bytes
    return true
  }

  function admit(): void {
    for (const body of reading) {
      const { waiting } = body
      if (!waiting || !take(body, waiting.bytes)) continue
      delete body.waiting
      waiting.resolve()
    }
  }

  return {
    get held() {
      return held
    },
    open() {
      const body: Body = { bytes: 0 }
      reading.add(body)
      let released = false
      return {
        get bytes() {
          return body.bytes
        },
        async add(bytes, end) {
          if (take(body, bytes)) return
          const { promise, resolve } = Promise.withResolvers<void>()
          body.waiting = { bytes, resolve }
          await Promise.race([promise, end])
        },
        complete() {
          if (reading.delete(body)) complete += body.bytes
          admit()
        },
        release() {
          if (released) return
          released = true
          if (!reading.delete(body)) complete -= body.bytes
          held -= body.bytes
          admit()
        },
      }
    },
  }
}
