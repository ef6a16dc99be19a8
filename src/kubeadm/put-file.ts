import type { Kubeadm } from './kubeadm.ts'
import { replaceFirst } from './replace-first.ts'
import type { ContentFrom, File } from './types.ts'

/**
 * A file for `putFile`, with its content or with the Secret that holds it.
 *
 * @example
 * ```ts
 * const motd = (content: string): KubeadmFile => ({ path: '/etc/motd', content, permissions: '0644' })
 * putFile(kubeadm, motd('Hello'))
 * ```
 */
export type KubeadmFile = FileWithContent | FileOfSecret

interface FileFields {
  /** On the machine, from the root. */
  path: string
  /** Such as `root:root`. */
  owner?: string | undefined
  /** Such as `0640`. */
  permissions?: string | undefined
  /** Of the content; plain text unless given. */
  encoding?: 'base64' | 'gzip' | 'gzip+base64' | undefined
  /** Whether the content is added to a file that the machine's image has. */
  append?: boolean | undefined
}
interface FileWithContent extends FileFields {
  /** Not empty. */
  content: string
  contentFrom?: never
}
interface FileOfSecret extends FileFields {
  /** A Secret in the namespace of the Cluster. */
  contentFrom: ContentFrom
  content?: never
}

/**
 * Puts a file on the machines. It takes the place of a file with the same path, as a whole, or comes
 * last. `contentFormat` is left out: Cluster API before v1.14 refuses it.
 *
 * @example
 * ```ts
 * putFile(kubeadm, { path: '/etc/motd', content: 'Hello', owner: 'root:root', permissions: '0644' })
 * putFile(kubeadm, {
 *   path: '/etc/registry/token',
 *   contentFrom: { secret: { name: 'registry', key: 'token' } },
 * })
 * ```
 */
export function putFile({ spec }: Kubeadm, file: KubeadmFile): void {
  const { path, content, contentFrom, owner, permissions, encoding, append } = file
  const entry: File = {
    path,
    ...(content !== undefined && { content }),
    ...(contentFrom !== undefined && { contentFrom: structuredClone(contentFrom) }),
    ...(owner !== undefined && { owner }),
    ...(permissions !== undefined && { permissions }),
    ...(encoding !== undefined && { encoding }),
    ...(append !== undefined && { append }),
  }
  spec.files = replaceFirst(spec.files ?? [], (known) => known.path === path, entry)
}
