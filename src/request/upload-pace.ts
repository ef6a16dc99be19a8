const tickMilliseconds = 250
const ticksOfGrace = 8

/** Watches whether a body comes fast enough for others to wait for it. */
export interface UploadPace {
  /** So many bytes have come in all. */
  arrived(bytes: number): void
  stop(): void
}

/**
 * Watches a body of so many bytes. While others wait, 2 seconds must bring half of it, or what is missing. Time is
 * counted in ticks: none passes while the process itself is too busy to read.
 *
 * @param cutOff Called when the body is too slow.
 */
export function watchPace(
  length: number,
  othersWait: () => boolean,
  cutOff: () => void,
): UploadPace {
  let arrived = 0
  /** What had come at each of the last ticks. */
  const history = [0]
  const timer = setInterval(() => {
    const before = history[0] ?? 0
    const needed = Math.min(length / 2, length - before)
    if (history.length === ticksOfGrace) {
      if (arrived - before < needed && othersWait()) cutOff()
      history.shift()
    }
    history.push(arrived)
  }, tickMilliseconds)
  return {
    arrived: (bytes) => {
      arrived = bytes
    },
    stop: () => clearInterval(timer),
  }
}
