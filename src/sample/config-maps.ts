/**
 * Where the answers live: the ConfigMaps of an API server, or the memory of one process. All reject with StoreError,
 * also when the signal ends.
 */
export interface ConfigMaps {
  /** The data of a ConfigMap; makes an empty one when there is none. */
  readOrCreate(
    namespace: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, string>>>
  /** Sets keys of a ConfigMap that is there; null takes a key away. */
  write(
    namespace: string,
    name: string,
    data: Record<string, string | null>,
    signal?: AbortSignal,
  ): Promise<void>
  /** Sets a key unless it is set; gives the value that stands, whoever wrote it. Makes the ConfigMap when it is missing. */
  writeOnce(
    namespace: string,
    name: string,
    key: string,
    value: string,
    signal?: AbortSignal,
  ): Promise<string>
}

/** The API server refused or did not answer. The message is deterministic, the cause is for the log. */
export class StoreError extends Error {
  override name = 'StoreError'
}
