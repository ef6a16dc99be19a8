const tickMilliseconds = 250
const ticksOfGrace = 8

/** Whether a body comes fast enough for others to wait for it. */
export interface UploadPace {
  /** Rejects when 2 seconds brought no byte, or less than a quarter of the body, and others wait. */
  readonly tooSlow: Promise<never>
  /** So many bytes have come in all. */
  arrived(bytes: number): void
  stop(): void
}

/**
 * Watches a body of so many bytes. Time is counted in ticks: none passes while the process itself is too busy to
 * read.
 */
export function watchPace(
  length: number,
  othersWait: () => boolean,
  error: () => Error,
): UploadPace {
  const { promise: tooSlow, reject } = Promise.withResolvers<never>()
  // Nobody may be listening any more when it rejects.
  tooSlow.catch(() => {})
  let arrived = 0
  /** What had come at each of the last ticks. */
  const history = [0]
  const timer = setInterval(() => {
    const before = history[0] ?? 0
    const needed = Math.min(length / 4, length - before)
    if (history.length === ticksOfGrace) {
      if (arrived - before < needed && othersWait()) reject(error())
      history.shift()
    }
    history.push(arrived)
  }, tickMilliseconds)
  return {
    tooSlow,
    arrived: (bytes) => {
      arrived = bytes
    },
    stop: () => clearInterval(timer),
  }
}
