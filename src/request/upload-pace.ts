const tickMilliseconds = 250
const ticksOfGrace = 8

/** The watch over one body. */
export interface UploadPace {
  /** Is told how many bytes have arrived in all. */
  arrived(bytes: number): void
  stop(): void
}

/**
 * Watches whether a body comes fast enough to let others wait for its room: while some wait, half of it, or what is
 * missing, has to arrive within 2 seconds. Time is counted in ticks, of which none passes while the process itself is
 * too busy to read.
 *
 * @param length Bytes of the whole body.
 * @param cutOff Is called when the body is too slow.
 */
export function watchPace(
  length: number,
  othersWait: () => boolean,
  cutOff: () => void,
): UploadPace {
  let arrived = 0
  /** How many bytes had arrived at each of the last ticks. */
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
