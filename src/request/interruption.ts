/** An end that may come to many waits, one after the other. */
export interface Interruption {
  /** Rejects the wait that is going on, or the next one. The first error counts. */
  end(error: Error): void
  /** The outcome, unless the end comes first. */
  orEnd<T>(outcome: Promise<T>): Promise<T>
}

/** Is used instead of Promise.race, which would keep memory for each wait until the end comes. */
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
