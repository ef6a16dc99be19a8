import { randomUUID } from 'node:crypto'
import { typed } from './objects.ts'
import {
  checkKey,
  type Entries,
  oncePrefix,
  parseEntry,
  pause,
  StateError,
  swap,
} from './state-entries.ts'

/** What is kept of a key: unclaimed after a throw, claimed, or finished. */
interface Claim {
  idempotencyKey?: string
  claimedBy?: string
  claimedAt?: string
  finishedAt?: string
  result?: unknown
}

type Outcome =
  | { action: 'run'; idempotencyKey: string }
  | { action: 'wait' }
  | { action: 'answer'; result: unknown }

const pollMilliseconds = 500
// A call lives 30 seconds at most; the rest is for clocks that differ.
const freshMilliseconds = 45_000

/** Runs once for a key, as State says it. `signal` ends with the call. */
export async function runOnce(
  entries: Entries,
  key: string,
  run: (idempotencyKey: string) => unknown,
  options: { afterCrash: 'repeat' | 'skip'; signal: AbortSignal; now: () => Date },
): Promise<unknown> {
  const { afterCrash, signal, now } = options
  const entry = oncePrefix + checkKey(key)
  const claimedBy = randomUUID()
  const read = (text: string | undefined) =>
    typed<Claim | undefined>(parseEntry(entries, entry, text)) ?? {}

  const claim = () =>
    swap<Outcome>(
      entries,
      entry,
      (text) => {
        const found = read(text)
        const { idempotencyKey = randomUUID(), claimedAt } = found
        if (found.finishedAt !== undefined)
          return { text, result: { action: 'answer', result: found.result } }
        // The answer to our own claim may have been lost.
        if (claimedAt !== undefined && found.claimedBy !== claimedBy) {
          const age = now().getTime() - Date.parse(claimedAt)
          if (Math.abs(age) < freshMilliseconds) return { text, result: { action: 'wait' } }
          if (afterCrash === 'skip')
            return { text, result: { action: 'answer', result: undefined } }
        }
        const ours: Claim = { idempotencyKey, claimedBy, claimedAt: now().toISOString() }
        return { text: JSON.stringify(ours), result: { action: 'run', idempotencyKey } }
      },
      signal,
    )

  const outcome = await untilDecided(claim, signal, `${entries.place}: another call runs "${key}"`)
  if (outcome.action === 'answer') return outcome.result

  const { idempotencyKey } = outcome
  // From here not with the call's signal: what was done must be kept although the call has ended.
  let result: unknown
  try {
    result = await run(idempotencyKey)
  } catch (error) {
    const release = swap(entries, entry, (text) => {
      const isOurs = read(text).claimedBy === claimedBy
      return { text: isOurs ? JSON.stringify({ idempotencyKey }) : text, result: undefined }
    })
    await release.catch(() => {})
    throw error
  }
  return swap(entries, entry, (text) => {
    const found = read(text)
    if (found.finishedAt !== undefined) return { text, result: found.result }
    const finished: Claim = { idempotencyKey, finishedAt: now().toISOString(), result }
    return { text: JSON.stringify(finished), result }
  })
}

async function untilDecided(
  claim: () => Promise<Outcome>,
  signal: AbortSignal,
  message: string,
): Promise<Exclude<Outcome, { action: 'wait' }>> {
  let outcome = await claim()
  try {
    while (outcome.action === 'wait') {
      await pause(pollMilliseconds, signal)
      outcome = await claim()
    }
    return outcome
  } catch (cause) {
    throw signal.aborted ? new StateError(message, { cause }) : cause
  }
}
