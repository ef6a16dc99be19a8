/** A body of up to so many bytes is not counted and never waits: it takes about as much memory as its connection. */
export const smallBodyBytes = 64 * 1024

/** The room of one body in a budget. */
export interface Room {
  /** Keeps so many bytes, and gives back the rest. */
  keep(bytes: number): void
}

/** The bytes of request bodies that are held at once, from before the first one to the end of the answer. */
export interface BodyBudget {
  /** Never above the limit. */
  readonly held: number
  /** Whether a body waits for room. */
  readonly isCrowded: boolean
  /** Room for a whole body, which waits until it fits. Rejects as `end` does, when that is earlier. */
  reserve(bytes: number, end: Promise<never>): Promise<Room>
}

/**
 * A budget of so many bytes. Room is reserved for whole bodies, so that no two of them can wait for each other. Of those
 * that wait the smallest is let in first, so that no crowd of large ones holds up the others.
 */
export function createBodyBudget(limit: number): BodyBudget {
  let held = 0
  /** From the smallest to the largest, equal ones in order of arrival. */
  const waiting: { bytes: number; enter: () => void }[] = []

  function change(bytes: number): void {
    held += bytes
    for (;;) {
      const [next] = waiting
      if (!next || held + next.bytes > limit) return
      waiting.shift()
      held += next.bytes
      next.enter()
    }
  }

  async function wait(bytes: number, end: Promise<never>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const place = { bytes, enter: resolve }
    const index = waiting.findIndex((other) => other.bytes > bytes)
    waiting.splice(index < 0 ? waiting.length : index, 0, place)
    try {
      await Promise.race([promise, end])
    } catch (error) {
      const left = waiting.indexOf(place)
      // A body that was let in at the same moment gives its room back.
      if (left < 0) change(-bytes)
      else waiting.splice(left, 1)
      throw error
    }
  }

  return {
    get held() {
      return held
    },
    get isCrowded() {
      return waiting.length > 0
    },
    async reserve(bytes, end) {
      if (held + bytes > limit) await wait(bytes, end)
      else held += bytes
      let kept = bytes
      return {
        keep(fewer) {
          change(fewer - kept)
          kept = fewer
        },
      }
    },
  }
}
