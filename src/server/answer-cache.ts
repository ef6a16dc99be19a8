import { createHmac, randomBytes } from 'node:crypto'

/** What an AnswerCache keeps, and for how long. */
export interface AnswerCacheOptions<Answer> {
  /** How many answers are kept. One more takes the place of the one that was unused for the longest time. */
  entries: number
  /** For how many milliseconds an answer is kept; with 0 it is not kept. */
  lifetimeMilliseconds: (answer: Answer) => number
  /** The time in milliseconds. */
  now: () => number
}

/** The answer to a question: a kept one, that of the same question being asked now, or the one that `ask` gets. */
export type AnswerCache<Answer> = (question: string, ask: () => Promise<Answer>) => Promise<Answer>

/**
 * Keeps the answers to questions. A question may be a secret: only a hash of it is kept, with a key of its own. A
 * rejection reaches all who wait for it and is not kept.
 */
export function answerCache<Answer>(options: AnswerCacheOptions<Answer>): AnswerCache<Answer> {
  const { entries, lifetimeMilliseconds, now } = options
  const secret = randomBytes(32)
  const kept = new Map<string, { answer: Answer; until: number }>()
  const running = new Map<string, Promise<Answer>>()
  // A Map keeps the order of its entries: the first is the one that was not used for the longest time.
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
      // Not at once: the promise of it must be in `running` before.
      const answer = await Promise.resolve().then(ask)
      keep(hash, { answer, until: now() + lifetimeMilliseconds(answer) })
      return answer
    } finally {
      running.delete(hash)
    }
  }
  return async (question, ask) => {
    const hash = createHmac('sha256', secret).update(question).digest('base64')
    const found = kept.get(hash)
    if (found) keep(hash, found)
    if (found && kept.has(hash)) return found.answer
    const asked = running.get(hash) ?? start(hash, ask)
    running.set(hash, asked)
    return asked
  }
}
