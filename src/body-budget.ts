/** A body of up to so many bytes is not counted and never waits: it takes no more memory than its connection. */
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
  /** Room for a whole body, which waits in line until it fits. Rejects as `end` does, when that is earlier. */
  reserve(bytes: number, end: Promise<never>): Promise<Room>
}

/**
 * A budget of so many bytes. Room is reserved for whole bodies, so that no two of them can wait for each other; the
 * bytes of those that wait stay with the client. Who came first is let in first.
 */
export function createBodyBudget(limit: number): BodyBudget {
  let held = 0
  const line = new Set<{ bytes: number; enter: () => void }>()

  function change(bytes: number): void {
    held += bytes
    for (const next of line) {
      if (held + next.bytes > limit) break
      line.delete(next)
      held += next.bytes
      next.enter()
    }
  }

  async function wait(bytes: number, end: Promise<never>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const place = { bytes, enter: resolve }
    line.add(place)
    try {
      await Promise.race([promise, end])
    } catch (error) {
      // Whoever was let in at the same moment gives the room back.
      change(line.delete(place) ? 0 : -bytes)
      throw error
    }
  }

  return {
    get held() {
      return held
    },
    get isCrowded() {
      return line.size > 0
    },
    async reserve(bytes, end) {
      if (line.size > 0 || held + bytes > limit) await wait(bytes, end)
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
