/** A body of up to so many bytes is not counted and never waits: it takes about as much memory as its connection. */
export const smallBodyBytes = 64 * 1024

/** The room of one body in a budget. */
export interface Room {
  /** Keeps so many bytes, and gives back the rest. */
  keep(bytes: number): void
}

/** The bytes that are reserved for request bodies at once, each until its answer. */
export interface BodyBudget {
  /** Never above the limit. */
  readonly held: number
  /** Whether a body waits for room. */
  readonly isCrowded: boolean
  /** Room for a whole body, which waits until it fits. Rejects as `end` does, when that is earlier. */
  reserve(bytes: number, end: Promise<never>): Promise<Room>
}

interface Body {
  bytes: number
  since: number
  /** Whether it was let in before one that had waited for long. */
  hasOvertaken: boolean
  enter(): void
}

const longWaitMilliseconds = 2000

/**
 * A budget of so many bytes. Room is reserved for whole bodies, so that no two of them can wait for each other. The
 * smallest of those that wait is let in first, so that no crowd of large ones holds up the others. But once the
 * oldest has waited for 2 seconds, others only get what it leaves of the limit.
 *
 * @param now The time in milliseconds.
 */
export function createBodyBudget(limit: number, now = () => performance.now()): BodyBudget {
  let held = 0
  let heldByOvertakers = 0
  const waiting = new Set<Body>()

  function hold(body: Body, bytes: number): void {
    held += bytes
    if (body.hasOvertaken) heldByOvertakers += bytes
  }

  /** Takes the room of a body, if there is any for it now. */
  function take(body: Body): boolean {
    if (held + body.bytes > limit) return false
    const [oldest = body] = waiting
    const overtakes = oldest !== body && now() - oldest.since >= longWaitMilliseconds
    if (overtakes && heldByOvertakers + body.bytes > limit - oldest.bytes) return false
    body.hasOvertaken = overtakes
    hold(body, body.bytes)
    return true
  }

  function admit(): void {
    const fromSmallest = () => [...waiting].sort((left, right) => left.bytes - right.bytes)
    // From the smallest again each time: when the oldest is in, smaller ones may fit that did not before.
    for (let next = fromSmallest().find(take); next; next = fromSmallest().find(take)) {
      waiting.delete(next)
      next.enter()
    }
  }

  async function wait(body: Body, end: Promise<never>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    body.enter = resolve
    waiting.add(body)
    try {
      await Promise.race([promise, end])
    } catch (error) {
      // A body that was let in at the same moment gives its room back.
      if (!waiting.delete(body)) hold(body, -body.bytes)
      admit()
      throw error
    }
  }

  return {
    get held() {
      return held
    },
    get isCrowded() {
      return waiting.size > 0
    },
    async reserve(bytes, end) {
      const body: Body = { bytes, since: now(), hasOvertaken: false, enter() {} }
      if (!take(body)) await wait(body, end)
      return {
        keep(fewer) {
          hold(body, fewer - body.bytes)
          body.bytes = fewer
          admit()
        },
      }
    },
  }
}
