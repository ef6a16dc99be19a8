import { createHmac, randomBytes } from 'node:crypto'

/** How many answers an AnswerCache keeps, and for how long. */
export interface AnswerCacheOptions<Answer> {
  /** How many answers are kept. A new one takes the place of the one that was not used for the longest time. */
  entries: number
  /** How long an answer is kept; not at all with 0. */
  lifetimeMilliseconds: (answer: Answer) => number
  /** Milliseconds of a clock that is never set back. */
  now: () => number
}

/** The answer to a question: one that is kept, or the one that is being asked for now, or what `ask` gives. */
export type AnswerCache<Answer> = (question: string, ask: () => Promise<Answer>) => Promise<Answer>

/**
 * Keeps the answers to questions. A question may be a secret: the cache keeps a hash of it, made with a key of its own. A
 * rejection reaches all who wait for the answer, and is not kept.
 */
export function answerCache<Answer>(options: AnswerCacheOptions<Answer>): AnswerCache<Answer> {
  const { entries, lifetimeMilliseconds, now } = options
  const hashKey = randomBytes(32)
  const kept = new Map<string, { answer: Answer; until: number }>()
  const running = new Map<string, Promise<Answer>>()
  // A Map keeps the order in which entries were set: the first is the one that was not used for the longest time.
  const keep = (hash: string, entry: { answer: Answer; until: number }) => {
    kept.delete(hash)
    if (now() < entry.until) kept.set(hash, entry)
    for (const oldest of kept.keys()) {
      if (kept.size <= entries) break
      kept.delete(oldest)
    }
  }
  const start = async (hash: string, ask: () => Promise<Answer>) => {
    try {
      // Later, so that the promise is in `running` before the question is asked.
      const answer = await Promise.resolve().then(ask)
      keep(hash, { answer, until: now() + lifetimeMilliseconds(answer) })
      return answer
    } finally {
      running.delete(hash)
    }
  }
  return async (question, ask) => {
    const hash = createHmac('sha256', hashKey).update(question).digest('base64')
    const found = kept.get(hash)
    if (found) keep(hash, found)
    if (found && kept.has(hash)) return found.answer
    const asked = running.get(hash) ?? start(hash, ask)
    running.set(hash, asked)
    return asked
  }
}
