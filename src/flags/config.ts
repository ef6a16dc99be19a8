/** What the flags and the environment of the process say, checked. */
export interface Config {
  help: boolean
  webhook: Address & TlsOptions
  health: Address
  diagnostics: Diagnostics
  /** How long to serve on after SIGTERM. */
  shutdownDelayMilliseconds: number
  maxBodyBytesInFlight: number
  managementCluster: ManagementClusterConfig
  log: { json: boolean; verbosity: number }
  /** Names of flags that were given but change nothing. */
  ignoredFlags: string[]
}

/** Where a server listens. An empty host means all interfaces, port 0 any free port. */
export interface Address {
  host: string
  port: number
}

/** The certificate of a server, as paths of PEM files, and how it speaks TLS. */
export interface TlsOptions {
  certificate: string
  key: string
  /** The authority of the clients. With it, only clients with one of its certificates can connect. */
  clientCa?: string
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** Names of OpenSSL, with colons between them. */
  ciphers?: string
}

/** What handlers reach as the management cluster: an API server, memory that is empty at the start, or nothing. */
export type ManagementClusterConfig =
  | { kind: 'api-server'; kubeconfig?: string }
  | { kind: 'memory' }
  | { kind: 'none' }

/** Who may read /metrics: nobody, everybody, or those whom the API server allows it. */
export type Diagnostics =
  | { kind: 'off' }
  | (Address & { kind: 'insecure' })
  | (Address & { kind: 'authorized'; kubeconfig?: string })
