import { type RequestObject, typed } from './objects.ts'
import { runOnce } from './once.ts'
import { checkKey, type Entries, parseEntry, StateError, swap } from './state-entries.ts'

/**
 * A value that JSON can hold; fields that are undefined are left out.
 *
 * @example
 * ```ts
 * const progress: JsonValue = { step: 2, done: ['drained', 'stopped'] }
 * ```
 */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [field: string]: JsonValue | undefined }

/** What `once` keeps: a value, or nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function without a return statement is the usual one
export type OnceResult = JsonValue | undefined | void

/**
 * What an extension keeps of one Cluster, Machine or other object: JSON values by key, shared by all replicas, gone with
 * the object, and taken along by `clusterctl move`. A key has letters, digits, `-`, `_` and `.`, at most 248, and does
 * not begin with `..` or `once.`. A value stays until it is taken away or the object goes: what belongs to one update of a
 * Machine has a key of that update (`updateIdOf` of 'capi-extension/in-place-update').
 *
 * The values are in the ConfigMap `<name>-<extension>-state` beside the object (`<name>-<kind>-<extension>-state` unless
 * it is a Cluster), 1 MiB in all. Whoever may read ConfigMaps in the namespace can read them: no secrets. Whoever may
 * change ConfigMaps there can change them: no approvals that users must not give themselves.
 *
 * The ServiceAccount of the extension needs these rules in its role; the second one is for the hooks of in-place
 * updates, whose Machines come without a uid:
 * ```yaml
 * - {apiGroups: [""], resources: [configmaps], verbs: [get, create, patch]}
 * - {apiGroups: [cluster.x-k8s.io], resources: [machines], verbs: [get]}
 * ```
 * Methods reject with ApiError when the API server refuses, with StateError when the ConfigMap is not of this object or
 * is written all the time, and with the reason of the call's signal when that ends.
 *
 * @example
 * ```ts
 * declare function announce(idempotencyKey: string): Promise<void>
 *
 * export default defineHook(UpdateMachine, async ({ request, state, now }) => {
 *   const progress = state(request.desired.machine)
 *   const update = updateIdOf(request.desired)
 *   await progress.update<string>(`started-${update}`, (time) => time ?? now().toISOString())
 *   await progress.once(`announced-${update}`, (idempotencyKey) => announce(idempotencyKey))
 * })
 * ```
 */
export interface State {
  /** The value of a key; undefined when there is none. */
  get<T extends JsonValue>(key: string): Promise<T | undefined>
  /**
   * Sets a key to what `change` makes of its value, and gives that; undefined takes the key away. `change` must do
   * nothing else: it is called again when another replica has written in between, and also with its own result when the
   * API server's answer was lost. A number that it adds to may count twice.
   */
  update<T extends JsonValue>(key: string, change: (current: T | undefined) => T): Promise<T>
  update<T extends JsonValue>(
    key: string,
    change: (current: T | undefined) => T | undefined,
  ): Promise<T | undefined>
  /**
   * Calls `run` once for this key, whatever the number of replicas and calls, keeps its result and gives it to all later
   * calls. The key is claimed before; other calls wait meanwhile, and reject with StateError when they have to end. Keys
   * of `once` and of `update` are apart.
   *
   * `run` gets an idempotency key, the same each time, for a service that takes one. When `run` throws, the next call
   * runs it again. When the process ends in between, or the result cannot be kept, a call after 45 seconds runs it
   * again; with `afterCrash: 'skip'` no call does, and all give undefined. Let `run` throw then only for what surely was
   * not done.
   */
  once<T extends OnceResult>(
    key: string,
    run: (idempotencyKey: string) => T | Promise<T>,
    options?: { afterCrash?: 'repeat' },
  ): Promise<T>
  once<T extends OnceResult>(
    key: string,
    run: (idempotencyKey: string) => T | Promise<T>,
    options: { afterCrash?: 'repeat' | 'skip' },
  ): Promise<T | undefined>
}

/**
 * Gives the state of an object of a request: `request.cluster` or `request.desired.machine`. Throws StateError when the
 * object does not say its kind or namespace.
 *
 * @example
 * ```ts
 * const countAttempt = (state: StateOf, cluster: Cluster) =>
 *   state(cluster).update<number>('attempts', (attempts = 0) => attempts + 1)
 * ```
 */
export type StateOf = (owner: RequestObject) => State

/** An owner that says what it is. */
export interface NamedOwner {
  apiVersion: string
  kind: string
  name: string
  namespace: string
  metadata: RequestObject['metadata']
}

/**
 * The states of one call.
 *
 * @param signal Ends with the call.
 */
export function createState(
  entriesOf: (owner: NamedOwner) => Entries,
  signal: AbortSignal,
  now: () => Date,
): StateOf {
  return (owner) => {
    const entries = entriesOf(named(owner))
    const parse = <T>(key: string, text: string | undefined) =>
      typed<T | undefined>(parseEntry(entries, key, text))
    return {
      async get<T extends JsonValue>(key: string) {
        checkKey(key)
        const { texts } = await entries.read(signal)
        return parse<T>(key, texts.get(key))
      },
      async update<T extends JsonValue>(
        key: string,
        change: (value: T | undefined) => T | undefined,
      ) {
        const decide = (text: string | undefined) => {
          const result = change(parse<T>(key, text))
          return { text: result === undefined ? undefined : JSON.stringify(result), result }
        }
        return typed<T>(await swap(entries, checkKey(key), decide, signal))
      },
      async once<T>(
        key: string,
        run: (idempotencyKey: string) => T | Promise<T>,
        { afterCrash = 'repeat' }: { afterCrash?: 'repeat' | 'skip' } = {},
      ) {
        return typed<T>(await runOnce(entries, key, run, { afterCrash, signal, now }))
      },
    }
  }
}

function named({ apiVersion, kind, metadata }: RequestObject): NamedOwner {
  const { name, namespace } = metadata
  if (apiVersion && kind && namespace) return { apiVersion, kind, name, namespace, metadata }
  throw new StateError(
    `the owner of a state needs apiVersion, kind and metadata.namespace: "${name}" has not all of them`,
  )
}
