/** What a call takes beside its body: connection, request and answer, in bytes. */
export const callBytes = 16 * 1024

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
  isLarge: boolean
  waiting?: { bytes: number; resolve: () => void }
}

/**
 * A budget of so many bytes. Bodies that do not fit wait where they are, and the rest of them stays with
 * the client. The first in line may go on when it fits beside the complete ones, whatever others have
 * begun: so there is always one that gets done. An eighth is for bodies below a 64th of the budget alone, so that
 * calls of a usual size do not wait for large ones.
 */
export function createBodyBudget(limit: number): BodyBudget {
  const reserve = limit / 8
  let held = 0
  let heldBySmall = 0
  let complete = 0
  /** In order of arrival. */
  const reading = new Set<Body>()

  function fits(body: Body, bytes: number, isLarge: boolean): boolean {
    const [first] = reading
    if (body === first && complete + body.bytes + bytes <= limit) return true
    if (isLarge) return held + bytes <= limit - reserve
    return held + bytes <= limit || heldBySmall + bytes <= reserve
  }

  function take(body: Body, bytes: number): boolean {
    const isLarge = body.bytes + bytes > limit / 64
    if (!fits(body, bytes, isLarge)) return false
    if (isLarge && !body.isLarge) heldBySmall -= body.bytes
    if (!isLarge) heldBySmall += bytes
    body.isLarge = isLarge
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
      const body: Body = { bytes: 0, isLarge: false }
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
          if (!body.isLarge) heldBySmall -= body.bytes
          held -= body.bytes
          admit()
        },
      }
    },
  }
}
