import { setTimeout } from 'node:timers/promises'

/**
 * The state of an object cannot be read or written: another call runs the same key, the ConfigMap is not of this object
 * or was edited, or the object has gone.
 *
 * @example
 * ```ts
 * declare function send(idempotencyKey: string): Promise<void>
 *
 * export default defineHook(BeforeClusterCreate, async ({ request, state }) => {
 *   try {
 *     await state(request.cluster).once('sent', send)
 *     return
 *   } catch (error) {
 *     if (!(error instanceof StateError)) throw error
 *     return { retryAfterSeconds: 10, message: 'Another replica is sending' }
 *   }
 * })
 * ```
 */
export class StateError extends Error {
  override name = 'StateError'
}

/** Where the JSON texts of one object are. */
export interface Entries {
  /** For messages. */
  readonly place: string
  read(signal?: AbortSignal): Promise<Snapshot>
}

/** The texts at one moment. */
export interface Snapshot {
  readonly texts: ReadonlyMap<string, string>
  /** Sets an entry, or takes it away; false when somebody has written since. */
  write(entry: string, text: string | undefined): Promise<boolean>
}

/** What the entries of `once` begin with. */
export const oncePrefix = 'once.'

const keyPattern = /^(?!\.\.|\.$|once\.)[-._a-zA-Z0-9]{1,248}$/

/** The key. Throws StateError unless it is one of a ConfigMap, and of a state. */
export function checkKey(key: string): string {
  if (keyPattern.test(key)) return key
  throw new StateError(
    `${JSON.stringify(key.slice(0, 80))} is no key of a state: letters, digits, "-", "_" and "." (at most 248, not beginning with ".." or "once.")`,
  )
}

const attempts = 20
const longestPauseMilliseconds = 500

/** Writes what `decide` makes of an entry; decides again when somebody else was faster. */
export async function swap<T>(
  entries: Entries,
  entry: string,
  decide: (text: string | undefined) => { text: string | undefined; result: T },
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    // By chance, so that those who met do not meet again.
    await pause(Math.random() * Math.min(50 * attempt, longestPauseMilliseconds), signal)
    const { texts, write } = await entries.read(signal)
    const before = texts.get(entry)
    const { text, result } = decide(before)
    if (text === before || (await write(entry, text))) return result
  }
  throw new StateError(`${entries.place}: ${attempts} conflicts in a row`)
}

/** The value of an entry; undefined when there is none. */
export function parseEntry(entries: Entries, entry: string, text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch (cause) {
    throw new StateError(`${entries.place}: "${entry}" is no JSON, was it edited?`, { cause })
  }
}

/** Waits. Rejects with the reason of the signal when that ends. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  if (milliseconds === 0) return
  try {
    await setTimeout(milliseconds, undefined, signal && { signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
