import type { HandlerReference } from './handler-reference.ts'
import { counter, gauge, histogram, type Metric } from './metrics.ts'

/** Why a call did not go well. */
export type FailureReason =
  /** The handler said so. */
  | 'Failure'
  /** The body is no request of the hook. */
  | 'BadRequest'
  /** A bug of the handler. */
  | 'Error'
  /** The deadline came first, or the controller has gone. */
  | 'Timeout'
  /** Too much was in flight. */
  | 'Overload'

/** How a call ended. */
export interface CallResult {
  code: number
  status: 'Success' | 'Failure' | 'Unknown'
  reason?: FailureReason
  /** It holds the Cluster back. */
  blocks?: boolean
  seconds: number
  bodyBytes: number
}

/** Counts calls. */
export interface ExtensionMetrics {
  began(): void
  ended(handler: HandlerReference, result: CallResult): void
  /** A call of a path where there is nothing. */
  notFound(): void
  /** An error that a handler left behind. */
  strayError(handler: HandlerReference): void
  readonly metrics: readonly Metric[]
}

const prefix = 'capi_runtime_extension'
// Those of capi_runtime_sdk_request_duration_seconds, the controllers' view of the same calls.
const buckets = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
  60,
]
const nobody = { hook: '', handler: '' }

/** The metrics of the hooks. Labels have as many values as there are handlers, whatever requests hold. */
export function createExtensionMetrics(): ExtensionMetrics {
  const requests = counter(
    `${prefix}_requests_total`,
    'Calls of handlers by status code and status of the answer.',
  )
  const duration = histogram(
    `${prefix}_request_duration_seconds`,
    'Time from the arrival of a call to its answer.',
    buckets,
  )
  const bytes = counter(`${prefix}_request_body_bytes_total`, 'Bytes of request bodies.')
  const failures = counter(`${prefix}_failures_total`, 'Calls that did not go well by reason.')
  const blocks = counter(`${prefix}_blocks_total`, 'Answers that hold a Cluster back.')
  const stray = counter(
    `${prefix}_stray_errors_total`,
    'Rejections and exceptions that a handler left behind.',
  )
  let inFlight = 0
  return {
    began() {
      inFlight++
    },
    ended({ hook, handler = '' }, { code, status, reason, blocks: holds, seconds, bodyBytes }) {
      inFlight--
      const labels = { hook, handler }
      requests.add({ ...labels, code: `${code}`, status })
      duration.observe(labels, seconds)
      bytes.add(labels, bodyBytes)
      if (reason) failures.add({ ...labels, reason })
      if (holds) blocks.add(labels)
    },
    notFound: () => requests.add({ ...nobody, code: '404', status: 'Unknown' }),
    strayError: ({ hook, handler = '' }) => stray.add({ hook, handler }),
    metrics: [
      requests.metric,
      duration.metric,
      gauge(`${prefix}_requests_in_flight`, 'Calls that are being answered.', () => inFlight),
      bytes.metric,
      failures.metric,
      blocks.metric,
      stray.metric,
    ],
  }
}

/** When the certificate of the hooks ends. */
export const certificateMetric = (expiry: () => Date): Metric =>
  gauge(
    `${prefix}_certificate_expiration_timestamp_seconds`,
    'End of the certificate in use since the epoch.',
    () => expiry().getTime() / 1000,
  )

/** How much of the budget for bodies is in use. */
export const heldBytesMetric = (held: () => number): Metric =>
  gauge(`${prefix}_held_body_bytes`, 'Bytes reserved for the bodies of calls in flight.', held)
