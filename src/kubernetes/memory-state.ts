import { createState, type StateOf } from './state.ts'

/**
 * States in the memory of one process, for tests: as those of ConfigMaps, gone when the process ends. Objects of one name
 * with other uids are different objects.
 *
 * @example
 * ```ts
 * const state = memoryState()
 * await callHook(hook, request, { state })
 * expect(await state(request.cluster).get('started')).toBe('2026-01-01T00:00:00Z')
 * ```
 */
export function memoryState(now = () => new Date()): StateOf {
  return memoryStates(now)(new AbortController().signal)
}

/** The same for calls, which each have a signal. */
export function memoryStates(now = () => new Date()): (signal: AbortSignal) => StateOf {
  const stored = new Map<string, ReadonlyMap<string, string>>()
  const nothing: ReadonlyMap<string, string> = new Map()
  return (signal) =>
    createState(
      ({ kind, namespace, name, metadata: { uid } }) => {
        const id = `${kind} ${namespace}/${name}`
        const key = `${id} ${uid}`
        const read = () => stored.get(key) ?? nothing
        return {
          place: `the state of ${id}`,
          async read(end) {
            end?.throwIfAborted()
            const texts = read()
            return {
              texts,
              async write(entry, text) {
                if (read() !== texts) return false
                const others = [...texts].filter(([other]) => other !== entry)
                stored.set(key, new Map(text === undefined ? others : [...others, [entry, text]]))
                return true
              },
            }
          },
        }
      },
      signal,
      now,
    )
}
