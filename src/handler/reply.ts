/** The fields of a reply that every hook knows. All others are of one hook. */
export type AnswerField = 'status' | 'message' | 'retryAfterSeconds'

/**
 * All is well. It has the fields of the hook's response, or none. Users do not see its message.
 *
 * @example
 * ```ts
 * const nothingToSay: Success<ResponseOf<typeof ValidateTopology>> = { status: 'Success', message: 'Checked 5 templates' }
 * ```
 */
export type Success<Response extends object> = Omit<
  Response,
  AnswerField | 'apiVersion' | 'kind'
> & {
  status?: 'Success'
  message?: string
  retryAfterSeconds?: never
  /** Without this, the compiler would take a Promise for a reply without fields. */
  then?: never
}

/**
 * An expected refusal. It holds the Cluster, whatever the failurePolicy is, and its message reaches the conditions of the
 * Cluster.
 *
 * @example
 * ```ts
 * const refusal: Failure = { status: 'Failure', message: 'The name of a Cluster begins with the name of its team' }
 * ```
 */
export interface Failure {
  status: 'Failure'
  /** Short, free of secrets, and the same each time: a message that changes makes the controller reconcile for ever. */
  message: string
  retryAfterSeconds?: never
}

/**
 * Not yet. The controller shows the message and calls again after the given seconds. Only hooks that can block allow it.
 *
 * @example
 * ```ts
 * const wait: Blocked = { retryAfterSeconds: 60, message: 'Waiting for quota' }
 * ```
 */
export interface Blocked {
  status?: 'Success'
  /** A whole number from 1 to 2147483647. */
  retryAfterSeconds: number
  /** What the Cluster waits for: short, free of secrets, and the same each time. */
  message: string
}

/**
 * What a handler of a hook may return. Nothing at all means Success.
 *
 * @example
 * ```ts
 * function check(cluster: Cluster): Reply<ResponseOf<typeof BeforeClusterCreate>> {
 *   if (cluster.metadata.name.length <= 30) return
 *   return { status: 'Failure', message: 'The name of a Cluster has at most 30 letters' }
 * }
 * ```
 */
export type Reply<Response extends object> =
  | Success<Response>
  | Failure
  | (Response extends { retryAfterSeconds: number } ? Blocked : never)
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement is a Success
  | void
