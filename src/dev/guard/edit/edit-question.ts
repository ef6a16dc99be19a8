import { extname, join } from 'node:path'

/** A Cluster in an API server. */
export interface ClusterInServer {
  /** Path of a kubeconfig. */
  readonly kubeconfig: string
  readonly namespace: string
  readonly name: string
  /** The ExtensionConfig of the extension. */
  readonly extensionConfig: string
}

/** An edit: folders with the sources at three times. */
export interface EditQuestion {
  /** Before the first edit. */
  readonly start: string
  /** Before this edit. */
  readonly before: string
  readonly after: string
  /** Where the Clusters are: a folder of recordings, or an API server. */
  readonly source: { readonly recordings: string } | ClusterInServer
}

/** What the program answers. */
export interface EditAnswer {
  /** Whether the edited sources can be loaded: if not, whoever serves them says why. */
  readonly loads: boolean
  readonly line?: string
}

/** The program that is asked. It is not imported: it needs packages that not everybody has. */
export const program = join(import.meta.dirname, `edit-program${extname(import.meta.filename)}`)
