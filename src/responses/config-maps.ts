/** Where the answers live: the ConfigMaps of an API server, or the memory of one process. */
export interface ConfigMaps {
  /** The data of a ConfigMap; makes an empty one when there is none. Rejects with StoreError. */
  read(namespace: string, name: string): Promise<Readonly<Record<string, string>>>
  /** Sets keys of a ConfigMap that was read before; null takes a key away. Rejects with StoreError. */
  write(namespace: string, name: string, data: Record<string, string | null>): Promise<void>
  /** Sets a key unless it is set; gives the value that stands, whoever wrote it. Rejects with StoreError. */
  writeOnce(namespace: string, name: string, key: string, value: string): Promise<string>
}

/** The API server refused or did not answer. The message is deterministic, the cause is for the log. */
export class StoreError extends Error {
  override name = 'StoreError'
}
