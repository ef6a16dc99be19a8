/** What the caller saw; times in milliseconds. */
export interface Figures {
  protocol: string
  failed: number
  error?: string
  perSecond: number
  p50: number
  p99: number
}

/** A call to measure. */
export interface Case {
  name: string
  hook: string
  handler?: string
  request: object
  /** Number of MachineDeployments, where that is what differs. */
  size?: number
  /** Numbers of callers in parallel. */
  callers: readonly number[]
}

/** One call with so many callers: the Go extension on HTTP/2 and HTTP/1.1, and ours. */
export interface Row {
  case: Case
  callers: number
  go2: Figures
  go1: Figures
  ours: Figures
}

/** Go's figure and ours. */
export type Pair = [go: number, ours: number]

/** All figures. */
export interface Results {
  rows: readonly Row[]
  /** Milliseconds to the first connection. */
  startup: Pair
  /** Resident MB. */
  memory: { idle: Pair; after: Pair }
  /** Seconds from an edit to a new bundle. */
  built: number
  /** MB that are pushed after an edit. */
  layer: Pair
  /** Calls a second of one replica and of two. */
  replicas: Pair
}

/** A number with three digits. */
export const digits = (value: number) =>
  value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)
