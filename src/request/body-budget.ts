/** A body of up to this many bytes is not counted and never waits: it takes about as much memory as its connection. */
export const smallBodyBytes = 64 * 1024

/** The memory that a budget has reserved for one body. */
export interface Room {
  /** Keeps this many bytes and gives back the rest. */
  keep(bytes: number): void
}

/**
 * Bounds the memory of all request bodies that are there at the same time, each until its answer.
 *
 * @example
 * ```ts
 * const describe = ({ held, isCrowded }: BodyBudget) => `${held} bytes${isCrowded ? ', and others wait' : ''}`
 * ```
 */
export interface BodyBudget {
  /** Reserved bytes, never more than the limit. */
  readonly held: number
  /** Whether a body waits for room. */
  readonly isCrowded: boolean
  /** Reserves room for a whole body, and waits for it. Rejects as `end` does when that comes first. */
  reserve(bytes: number, end: Promise<never>): Promise<Room>
}

interface Body {
  bytes: number
  arrivedAt: number
  enter(): void
}

const longWaitMilliseconds = 2000
const bytesOf = (bodies: Iterable<Body>) => [...bodies].reduce((sum, { bytes }) => sum + bytes, 0)

/**
 * A budget for request bodies, which several apps of one process may share. A body gets its whole room at once: two that
 * had half of theirs would wait for each other. The smallest body that waits is first, so that small ones do not wait
 * behind large ones. Once the oldest has waited for 2 seconds, those that overtake it share what it leaves of the limit.
 *
 * @param limit Bytes, at least 20 MiB: that is the size of the largest request.
 * @param now Milliseconds of a clock that is never set back: that of the machine unless given.
 *
 * @example
 * ```ts
 * import { createApp, createBodyBudget } from 'capi-extension'
 * import { hooks } from './hooks/index.ts'
 *
 * export default createApp({ hooks }, { budget: createBodyBudget(64 * 1024 * 1024) })
 * ```
 */
export function createBodyBudget(limit: number, now = () => performance.now()): BodyBudget {
  const waiting = new Set<Body>()
  const inside = new Set<Body>()
  /** Those inside that came in before an older body which had waited for long. */
  const overtakers = new Set<Body>()

  function admit(): void {
    const [oldest] = waiting
    if (!oldest) return
    const isLate = now() - oldest.arrivedAt >= longWaitMilliseconds
    const overtakes = (body: Body) => isLate && body !== oldest
    const fits = (body: Body) =>
      bytesOf([...inside, body]) <= limit &&
      (!overtakes(body) || bytesOf([...overtakers, oldest, body]) <= limit)
    const next = [...waiting].sort((left, right) => left.bytes - right.bytes).find(fits)
    if (!next) return
    waiting.delete(next)
    inside.add(next)
    if (overtakes(next)) overtakers.add(next)
    next.enter()
    // With another oldest body, one may fit that did not before.
    admit()
  }

  return {
    get held() {
      return bytesOf(inside)
    },
    get isCrowded() {
      return waiting.size > 0
    },
    async reserve(bytes, end) {
      const { promise: entered, resolve: enter } = Promise.withResolvers<void>()
      const body: Body = { bytes, arrivedAt: now(), enter }
      const keep = (fewer: number) => {
        body.bytes = fewer
        if (fewer === 0) for (const bodies of [inside, overtakers]) bodies.delete(body)
        admit()
      }
      waiting.add(body)
      admit()
      try {
        await Promise.race([entered, end])
      } catch (error) {
        waiting.delete(body)
        keep(0)
        throw error
      }
      return { keep }
    },
  }
}
