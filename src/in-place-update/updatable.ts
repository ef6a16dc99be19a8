/**
 * A part of a Machine that is to change; `undefined` on the side that does not have it.
 *
 * @example
 * ```ts
 * const isLarger = ({ current, desired }: Change) => Number(desired) > Number(current)
 * const path: UpdatablePath = { path: 'rootVolume.size', when: isLarger }
 * ```
 */
export interface Change {
  readonly current: unknown
  readonly desired: unknown
}

/**
 * An item of a list or a map that is to change, to come or to go.
 *
 * @example
 * ```ts
 * const isNew = ({ name, current }: ItemChange) => name.startsWith('/etc/') && current === undefined
 * const path: UpdatablePath = { path: 'files', each: { key: 'path', when: isNew } }
 * ```
 */
export interface ItemChange extends Change {
  /** In a list the text of the item's key field, in a map the item's key. */
  readonly name: string
}

/**
 * Some items of the list or map at a path. A list is left alone, as a whole, where the names do not
 * tell: an item has none, two have the same, or the same items come in another order.
 *
 * @example
 * ```ts
 * const appFiles: UpdatableItems = {
 *   key: 'path',
 *   when: ({ name }) => name.startsWith('/etc/app/'),
 * }
 * ```
 */
export interface UpdatableItems {
  /** The field that names the items of a list: `path` of files, `name` of arguments. A map needs none. */
  readonly key?: string
  /** Whether an item can be changed; asked of each that differs. */
  readonly when: (change: ItemChange) => boolean
}

/**
 * What can be changed below a path, whose keys are joined by dots: all of it, all of it when a condition
 * holds, or some of its items. What is not taken forces a replacement.
 *
 * @example
 * ```ts
 * const paths: UpdatablePath[] = [
 *   'clusterConfiguration.etcd.local.imageTag',
 *   { path: 'format', when: ({ current }) => current === undefined },
 *   { path: 'files', each: { key: 'path', when: ({ name }) => name.startsWith('/etc/app/') } },
 *   // One argument, whether arguments are a list (v1beta2) or a map (v1beta1).
 *   {
 *     path: 'joinConfiguration.nodeRegistration.kubeletExtraArgs',
 *     each: { key: 'name', when: ({ name }) => name === 'v' },
 *   },
 * ]
 * ```
 */
export type UpdatablePath =
  | string
  | { readonly path: string; readonly when: (change: Change) => boolean; readonly each?: never }
  | { readonly path: string; readonly each: UpdatableItems; readonly when?: never }

/**
 * What an extension can change on a running Machine, below `spec`: of the Machine itself, and of each kind
 * of bootstrap configuration and infrastructure machine that it knows. For a MachineSet the same counts
 * below `spec.template.spec`, and for the kinds with the suffix Template.
 *
 * @example
 * ```ts
 * const updatable: Updatable = {
 *   machine: ['version'],
 *   bootstrapConfig: {
 *     KubeadmConfig: [
 *       { path: 'files', each: { key: 'path', when: ({ name }) => name === '/etc/motd' } },
 *     ],
 *   },
 *   infrastructureMachine: { DevMachine: ['backend.docker.bootstrapTimeout'] },
 * }
 * ```
 */
export interface Updatable {
  machine?: readonly UpdatablePath[]
  bootstrapConfig?: Readonly<Record<string, readonly UpdatablePath[]>>
  infrastructureMachine?: Readonly<Record<string, readonly UpdatablePath[]>>
}
