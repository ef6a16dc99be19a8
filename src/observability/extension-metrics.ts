import type { HandlerReference } from './handler-reference.ts'
import { counter, gauge, histogram, type Metric } from './metrics.ts'

/** Why a call did not go well. */
export type FailureReason =
  /** The handler refused. */
  | 'Failure'
  /** The body is not a request of the hook, or a setting does not fit. */
  | 'BadRequest'
  /** The handler has a bug. */
  | 'Error'
  /** The deadline came before the answer, or the controller disconnected. */
  | 'Timeout'
  /** There was no room for the body. */
  | 'Overload'

/** How a call ended. */
export interface CallResult {
  /** Status code of HTTP. */
  code: number
  /** Status of the answer; Unknown when there is none. */
  status: 'Success' | 'Failure' | 'Unknown'
  reason?: FailureReason
  /** Whether the answer holds the Cluster. */
  blocks?: boolean
  seconds: number
  bodyBytes: number
}

/**
 * Counts the calls of an app. The app calls the methods; `metrics` is for {@link exposition}.
 *
 * @example
 * ```ts
 * const text = ({ metrics }: ExtensionMetrics) => exposition(metrics)
 * ```
 */
export interface ExtensionMetrics {
  /** A call has begun. */
  began(): void
  /** A call has ended. */
  ended(handler: HandlerReference, result: CallResult): void
  /** There is nothing at the path of a call. */
  notFound(): void
  /** A handler has left an error behind. */
  strayError(handler: HandlerReference): void
  readonly metrics: readonly Metric[]
}

const prefix = 'capi_runtime_extension'
// The same as in capi_runtime_sdk_request_duration_seconds, which the controllers have of the same calls.
const buckets = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45,
  60,
]
const noHandler = { hook: '', handler: '' }

/**
 * Metrics of the hooks: calls by status, their duration and size, those in flight, failures by reason, and blocks. No label
 * has a value from a request, so that there are never more than a few lines for each handler.
 *
 * @example
 * ```ts
 * import { createApp, createExtensionMetrics, exposition } from 'capi-extension'
 * import { Hono } from 'hono'
 * import { hooks } from './hooks/index.ts'
 *
 * const metrics = createExtensionMetrics()
 * export default new Hono()
 *   .get('/metrics', (c) => c.text(exposition(metrics.metrics)))
 *   .route('/', createApp({ hooks }, { metrics }))
 * ```
 */
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
    notFound: () => requests.add({ ...noHandler, code: '404', status: 'Unknown' }),
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

/** When the certificate of the hooks expires. */
export const certificateMetric = (expiry: () => Date): Metric =>
  gauge(
    `${prefix}_certificate_expiration_timestamp_seconds`,
    'End of the certificate in use since the epoch.',
    () => expiry().getTime() / 1000,
  )

/** How much of the budget for request bodies is in use. */
export const heldBytesMetric = (held: () => number): Metric =>
  gauge(`${prefix}_held_body_bytes`, 'Bytes reserved for the bodies of calls in flight.', held)
