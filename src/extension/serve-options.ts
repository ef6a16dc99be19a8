import type { Register } from '../handler/context.ts'
import type { Extension } from '../handler/extension.ts'

// What a project has registered, it has to give to serve as well.
type Registered<Key extends 'settings' | 'context'> =
  Register extends Record<Key, infer Value> ? Record<Key, Value> : Pick<Extension, Key>

/**
 * What a project serves: its hooks, and `settings` and `context` when it has registered them.
 *
 * @example
 * ```ts
 * const options: ServeOptions = {
 *   name: 'fleet-policy',
 *   hooks: [defineHook(BeforeClusterCreate, () => {})],
 * }
 * serve(options)
 * ```
 */
export type ServeOptions = Pick<Extension, 'hooks'> & {
  /** Name of the extension, which is the name of the project. It is in the name of its state and of its changes to objects. */
  readonly name: string
  /** Text before the message of each log line about a call; nothing unless given. */
  readonly logPrefix?: string
} & Registered<'settings'> &
  Registered<'context'>
