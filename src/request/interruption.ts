/** The end of whatever is waited for. */
export interface Interruption {
  /** Ends what is waited for now, or next. */
  end(error: Error): void
  /** The outcome, unless the end comes first. */
  orEnd<T>(outcome: Promise<T>): Promise<T>
}

/**
 * An end for many waits, one after the other. Promise.race would keep something of each until the end comes.
 */
export function createInterruption(): Interruption {
  let ended: Error | undefined
  let endNow: ((error: Error) => void) | undefined
  return {
    end(error) {
      ended ??= error
      endNow?.(error)
    },
    orEnd(outcome) {
      if (ended) return Promise.reject(ended)
      return new Promise((resolve, reject) => {
        endNow = reject
        outcome.then(resolve, reject)
      })
    },
  }
}
